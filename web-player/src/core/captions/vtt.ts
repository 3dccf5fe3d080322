/** What was said from a moment on until another, in seconds. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const TIMES = /^((?:\d+:)?\d\d:\d\d\.\d{3})[ \t]+-->[ \t]+((?:\d+:)?\d\d:\d\d\.\d{3})/;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

/** Reads a WebVTT file for its words (W3C WebVTT §6): what is no cue is left out, and so is markup. */
export function readVtt(file: string): Cue[] {
  const cues: Cue[] = [];
  for (const block of file.replaceAll(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = block.split('\n');
    const at = lines.findIndex((line) => TIMES.test(line));
    const times = TIMES.exec(lines[at] ?? '');
    const text = words(lines.slice(at + 1).join('\n'));
    if (times?.[1] && times[2] && text) {
      cues.push({ start: seconds(times[1]), end: seconds(times[2]), text });
    }
  }
  return cues.sort((a, b) => a.start - b.start);
}

function seconds(time: string): number {
  return time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

function words(payload: string): string {
  return payload
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)
    .trim();
}

/** Which cue is said at a moment, or was last; −1 before the first. Cues are in order. */
export function cueAt(cues: readonly Cue[], at: number): number {
  let low = 0;
  let high = cues.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cues[middle]?.start ?? Infinity) <= at) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}
