const FIRST_MS = 500;
export const LONGEST_MS = 8_000;
/** For the few on stage: all the others see and hear that they are not back yet. */
export const LONGEST_ON_STAGE_MS = 2_000;

/**
 * How long to wait before try number `attempt` (from 0): anything up to a ceiling that doubles from
 * 500 ms to `longestMs` (full jitter), so that a thousand viewers do not come back in the same
 * instant.
 */
export function backoffMs(
  attempt: number,
  random: () => number,
  longestMs: number = LONGEST_MS,
): number {
  const ceiling = Math.min(longestMs, FIRST_MS * 2 ** Math.min(attempt, 10));
  return Math.round(random() * ceiling);
}

/** The same for a server that said when to come again: not before, and not all at once. */
export function retryMs(afterMs: number, random: () => number): number {
  return Math.round(Math.min(afterMs, 60_000) * (1 + random()));
}
