/** Where somebody stopped in a recording. */
export interface Stopped {
  readonly id: string;
  readonly at: number;
}

const MOST = 50;

/** So close to the beginning or the end nobody stopped, they looked in or were done; */
const EDGE_S = 10;

/** of a short recording it is this part of it. */
const EDGE_PART = 0.1;

/** What is remembered when somebody is at a moment of a recording, the newest first. */
export function remember(
  before: readonly Stopped[],
  id: string,
  at: number,
  duration: number,
): Stopped[] {
  const others = before.filter((one) => one.id !== id);
  const edge = Math.min(EDGE_S, EDGE_PART * duration);
  const worth = at > edge && at < duration - edge;
  return [...(worth ? [{ id, at: Math.floor(at) }] : []), ...others].slice(0, MOST);
}

/** Reads what was kept; whatever it is, it is this or nothing. */
export function readStopped(kept: string | null): Stopped[] {
  try {
    const list: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(list) ? list.filter(isStopped).slice(0, MOST) : [];
  } catch {
    return []; // Somebody else's, or cut off: nothing is remembered.
  }
}

function isStopped(one: unknown): one is Stopped {
  const { id, at } = (one ?? {}) as Partial<Stopped>;
  return typeof id === 'string' && typeof at === 'number' && Number.isFinite(at) && at >= 0;
}
