import { readMoment } from '../player/moment.ts';
import { clockText } from '../player/time.ts';

/** A part of a recording, seconds of the whole. */
export interface Cut {
  readonly from_s: number;
  readonly to_s: number;
}

/** A moment as the fields show it: the clock, with tenths where there are any. */
export function momentText(seconds: number): string {
  const tenths = Math.floor((seconds % 1) * 10);
  return `${clockText(seconds)}${tenths ? `.${tenths}` : ''}`;
}

/** What somebody wrote as a moment, in seconds; null when it is none. */
export function writtenMoment(text: string): number | null {
  const [, whole = text, tenths = ''] = /^(.*:\d\d)(\.\d{1,3})$/.exec(text.trim()) ?? [];
  const seconds = readMoment(whole.trim());
  return seconds === null ? null : seconds + Number(tenths || 0);
}

/**
 * The part between two written moments, or the sentence that says what is wrong with them.
 *
 * @param length of the whole, seconds
 */
export function cutOf(from: string, to: string, length: number): Cut | string {
  const from_s = writtenMoment(from);
  const to_s = writtenMoment(to);
  if (from_s === null || to_s === null) {
    return 'Say both moments as 4:07 or 1:04:07.';
  }
  if (to_s > length) {
    return `The recording ends at ${momentText(length)}.`;
  }
  return from_s < to_s ? { from_s, to_s } : 'The end must come after the beginning.';
}
