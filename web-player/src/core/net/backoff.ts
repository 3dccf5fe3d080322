/**
 * How long to wait before try number `attempt` (from 0): doubling from 250 ms to 8 s, with full
 * jitter over the upper half, so that a thousand viewers do not come back in the same instant.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const ceiling = Math.min(8000, 250 * 2 ** Math.min(attempt, 10));
  return Math.round(ceiling / 2 + (random() * ceiling) / 2);
}
