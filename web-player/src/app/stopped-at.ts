import { readStopped, remember } from '../core/recording/stopped.ts';

const KEY = 'amphi.stopped';

/** Where this browser stopped in a recording, seconds; 0 where it never was. */
export function stoppedAt(id: string): number {
  try {
    return readStopped(localStorage.getItem(KEY)).find((one) => one.id === id)?.at ?? 0;
  } catch {
    return 0; // Storage is blocked: each visit begins at the beginning.
  }
}

/** Remembers that for the next visit. */
export function stopAt(id: string, at: number, duration: number): void {
  try {
    const list = readStopped(localStorage.getItem(KEY));
    localStorage.setItem(KEY, JSON.stringify(remember(list, id, at, duration)));
  } catch {
    // Storage is blocked, or full.
  }
}
