/** The lengths of a break that are one press away, in minutes. */
export const BREAKS = [5, 10, 15] as const;

/** When a break that begins now and lasts so long ends. */
export function afterMinutes(minutes: number, nowMs: number): Date {
  return new Date(nowMs + minutes * 60_000);
}

/** The next time that the clock on the wall here shows `HH:MM`; null when that is no time. */
export function atClock(clock: string, nowMs: number): Date | null {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock);
  if (!match) {
    return null;
  }
  const at = new Date(nowMs);
  at.setHours(Number(match[1]), Number(match[2]), 0, 0);
  if (at.getTime() <= nowMs) {
    at.setDate(at.getDate() + 1);
  }
  return at;
}

/** Hours and minutes as the clock on the wall here shows them. */
export function clockOf(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** When that is: the time alone when it is today, else with its day. */
export function momentOf(at: Date, now: Date): string {
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });
  const today = at.toDateString() === now.toDateString();
  return today ? clockOf(at) : `${clockOf(at)} on ${day.format(at)}`;
}

/** How long it still is, as `4:05` or `1:04:05`; empty when the time has come. */
export function leftOf(untilMs: number, nowMs: number): string {
  const seconds = Math.ceil((untilMs - nowMs) / 1000);
  if (!(seconds > 0)) {
    return '';
  }
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return `${hours ? `${hours}:${two(minutes)}` : minutes}:${two(seconds % 60)}`;
}
