import { clockText } from '../player/time.ts';
import type { Source } from '../signal/messages.ts';

/** A file of one person's, as `GET …/tracks` tells it. */
export interface KeptTrack {
  readonly n: number;
  readonly name: string;
  readonly participant: string;
  readonly source: Source;
  readonly file: string;
  readonly url: string;
  readonly bytes: number;
  readonly start_s: number;
  readonly duration_s: number;
  readonly height?: number;
  readonly damaged: boolean;
}

/** The tracks of a recording. */
export interface KeptTracks {
  /** False where the node was killed, or its disk was full, before the recording ended. */
  readonly finished: boolean;
  readonly tracks: readonly KeptTrack[];
}

const SOURCES: Readonly<Record<Source, string>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  screen_audio: 'sound of the screen',
};

/** Whose it is and what. */
export function trackName({ name, participant, source }: KeptTrack): string {
  return `${name || participant}, ${SOURCES[source]}`;
}

/** How long it is, where it begins in the recording, how large, and whether some is missing. */
export function trackWords(track: KeptTrack): string {
  return [
    clockText(track.duration_s),
    `from ${clockText(track.start_s)}`,
    ...(track.height ? [`${track.height} lines`] : []),
    sizeText(track.bytes),
    ...(track.damaged ? ['some of it was damaged on the disk and is missing'] : []),
  ].join(' · ');
}

/** Bytes as people compare them. */
export function sizeText(bytes: number): string {
  if (bytes < 1e6) {
    return `${Math.max(1, Math.round(bytes / 1e3))} KB`;
  }
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}
