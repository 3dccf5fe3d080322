/** Below this the `Date` header, which counts whole seconds, cannot tell a wrong clock. */
const CREDIBLE_MS = 1500;

/**
 * How far this machine's clock is ahead of the server's, ms; 0 when they agree as far as can be
 * told. Without it a wrong clock would make 'the audience is 2.1 s behind' a wrong sentence.
 */
export async function clockOffsetMs(): Promise<number> {
  try {
    const asked = Date.now();
    const response = await fetch('/health/live', { cache: 'no-store' });
    const answered = Date.now();
    const served = Date.parse(response.headers.get('Date') ?? '');
    const offset = (asked + answered) / 2 - (served + 500);
    return Number.isNaN(offset) || Math.abs(offset) < CREDIBLE_MS ? 0 : offset;
  } catch {
    return 0; // The page has worse troubles than its clock, and says so elsewhere.
  }
}
