import { cueAt, readVtt, type Cue } from '../captions/vtt.ts';

/** Small pictures of a class, each for a time. */
export interface PictureTrack {
  /** The wall clock at time zero, ms; null where the times are those of a file. */
  readonly zeroMs: number | null;
  /** In order; the text of each is its address, from the track's own on. */
  readonly cues: readonly Cue[];
}

export const NO_PICTURES: PictureTrack = { zeroMs: null, cues: [] };

const ZERO = /^X-PROGRAM-DATE-TIME:\s*(\S+)/m;

/** Reads a WebVTT file whose cues are addresses (docs/hls.md). */
export function readPictures(file: string): PictureTrack {
  const head = file.slice(0, file.search(/\n\r?\n|$/));
  const zero = Date.parse(ZERO.exec(head)?.[1] ?? '');
  return { zeroMs: Number.isNaN(zero) ? null : zero, cues: readVtt(file) };
}

/** The address of the picture that stands for a moment, seconds; null where none does. */
export function pictureAt({ cues }: PictureTrack, at: number): string | null {
  const cue = cues[cueAt(cues, at)];
  return cue && at < cue.end ? cue.text.replace(/#.*$/s, '') : null;
}
