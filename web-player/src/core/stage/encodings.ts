import type { Source } from '../signal/messages.ts';
import type { Size } from './shown-sizes.ts';

/** One layer of a source, as a browser takes it (WebRTC §5.2, WebRTC Extensions §8). */
export interface Encoding {
  rid?: string;
  maxBitrate?: number;
  scaleResolutionDownBy?: number;
  /** Where a browser knows it, it counts instead of the factor. */
  scaleResolutionDownTo?: { readonly maxWidth: number; readonly maxHeight: number };
}

type Layers = Readonly<Record<string, number>>;

/** How much smaller than the source a layer is, by its name. */
const FACTORS: Layers = { q: 4, h: 2, f: 1 };

/** Full-band speech; with its headers it still fits through 60 kbit/s. */
const SPEECH_BPS = 28_000;
const SOUND_BPS = 128_000;

const SCREEN: Layers = { h: 600_000, f: 2_500_000 };

/**
 * What each layer of a camera may take, in bit/s, by the pixels that the camera has at least. No
 * more layers than a browser codes: libwebrtc takes three from 960×540 on, two from 480×270 on and
 * one below, and leaves out the largest of more, so that a camera of 640×360 in three layers would
 * be seen at 320×180 at most.
 */
const CAMERA: readonly (readonly [pixels: number, layers: Layers])[] = [
  [960 * 540, { q: 150_000, h: 500_000, f: 1_700_000 }],
  [480 * 270, { h: 150_000, f: 500_000 }],
  [0, { f: 150_000 }],
];

/**
 * The layers in which a source is sent, the smallest first; who shows it small need not receive it
 * large.
 *
 * @param size of its pictures; null when nobody knows
 */
export function encodingsOf(source: Source, size: Size | null): Encoding[] {
  switch (source) {
    case 'microphone':
      return [{ maxBitrate: SPEECH_BPS }];
    case 'screen_audio':
      return [{ maxBitrate: SOUND_BPS }];
    case 'screen':
      return layered(SCREEN);
    case 'camera': {
      const pixels = size ? size.width * size.height : Infinity;
      const encodings = layered(CAMERA.find(([least]) => pixels >= least)?.[1] ?? SCREEN);
      return size ? scaled(encodings, size) : encodings;
    }
  }
}

function layered(layers: Layers): Encoding[] {
  return Object.entries(layers).map(([rid, maxBitrate]) => ({
    rid,
    maxBitrate,
    scaleResolutionDownBy: FACTORS[rid] ?? 1,
  }));
}

/**
 * The same layers with their sizes in pixels: by factors alone a browser that lacks processor makes
 * all layers smaller and, as the source falls below one of its steps, leaves out the largest; by
 * sizes it leaves out the largest, and those below stay as they are.
 */
export function scaled<E extends Encoding>(encodings: readonly E[], size: Size): E[] {
  return encodings.map((encoding) => {
    const factor = FACTORS[encoding.rid ?? ''] ?? 1;
    const maxWidth = Math.round(size.width / factor);
    const maxHeight = Math.round(size.height / factor);
    return { ...encoding, scaleResolutionDownTo: { maxWidth, maxHeight } };
  });
}
