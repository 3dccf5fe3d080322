import { SPEEDS } from '../core/player/keys.ts';

const KEY = 'amphi.player';

/** How somebody likes to watch, in this browser. */
export interface Habits {
  readonly speed: number;
  readonly captions: boolean;
  /** Whether single keys do something wherever the focus is (WCAG 2.1.4). */
  readonly keys: boolean;
}

const USUAL: Habits = { speed: 1, captions: false, keys: true };

export function habits(): Habits {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Habits> | null;
    return {
      speed: SPEEDS.find((speed) => speed === kept?.speed) ?? USUAL.speed,
      captions: kept?.captions === true,
      keys: kept?.keys !== false,
    };
  } catch {
    return USUAL; // Storage is blocked, or something else lies there.
  }
}

export function keepHabits(now: Habits): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // Storage is blocked: they last as long as this page.
  }
}
