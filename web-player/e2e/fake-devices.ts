import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Somebody whose picture has one colour and whose sound one pitch, so that both can be found again. */
export interface Person {
  readonly name: string;
  readonly rgb: readonly [number, number, number];
  readonly hertz: number;
}

/** What a camera gives. */
export interface Camera {
  readonly width: number;
  readonly height: number;
  /** 10 unless told. */
  readonly framesPerSecond?: number;
  /** Full of small things that move, so that a coder uses all the bits it may. */
  readonly lively?: boolean;
}

const SMALL: Camera = { width: 320, height: 180 };
const FRAMES_PER_SECOND = 10;
const SAMPLE_RATE = 48_000;
const SECONDS = 2;
/** A steady tone is taken for noise by the browser's noise suppression; syllables are not. */
const SYLLABLE_SECONDS = 0.25;

/** Writes the camera (Y4M) and the microphone (WAV) of a person; returns the browser's switches. */
export function fakeDevices(person: Person, folder: string, seen = SMALL): string[] {
  const camera = join(folder, `${person.name}.y4m`);
  const microphone = join(folder, `${person.name}.wav`);
  writeFileSync(camera, y4m(person.rgb, seen));
  writeFileSync(microphone, wav(person.hertz));
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${camera}`,
    `--use-file-for-fake-audio-capture=${microphone}`,
  ];
}

/** One colour with a small square that moves, so that every frame is a new one. */
function y4m(rgb: readonly [number, number, number], camera: Camera): Buffer {
  const { width, height, framesPerSecond = FRAMES_PER_SECOND, lively = false } = camera;
  const [y, u, v] = studioYuv(rgb);
  const header = Buffer.from(
    `YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`,
  );
  const frames: Buffer[] = [header];
  for (let frame = 0; frame < SECONDS * framesPerSecond; frame++) {
    const luma = Buffer.alloc(width * height, y);
    if (lively) {
      swarm(luma, width, frame);
    }
    const left = 8 + Math.round((frame * 8 * FRAMES_PER_SECOND) / framesPerSecond);
    for (let row = height - 24; row < height - 8; row++) {
      luma.fill(235, row * width + left, row * width + left + 16);
    }
    const chroma = (width / 2) * (height / 2);
    frames.push(Buffer.from('FRAME\n'), luma, Buffer.alloc(chroma, u), Buffer.alloc(chroma, v));
  }
  return Buffer.concat(frames);
}

/** Blocks of 8×8 pixels, each brighter or darker by its own course; the mean stays. */
function swarm(luma: Buffer, width: number, frame: number): void {
  const columns = width / 8;
  for (let at = 0; at < luma.length; at++) {
    const block = (Math.floor(at / width) >> 3) * columns + ((at % width) >> 3);
    luma[at]! += Math.round(24 * Math.sin(block * 12.9898 + frame * (0.5 + (block % 7) / 4)));
  }
}

/** BT.601, studio range. */
function studioYuv([r, g, b]: readonly [number, number, number]): [number, number, number] {
  return [
    Math.round(16 + (65.481 * r + 128.553 * g + 24.966 * b) / 255),
    Math.round(128 + (-37.797 * r - 74.203 * g + 112 * b) / 255),
    Math.round(128 + (112 * r - 93.786 * g - 18.214 * b) / 255),
  ];
}

function wav(hertz: number): Buffer {
  const samples = SECONDS * SAMPLE_RATE;
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(SAMPLE_RATE, 24);
  bytes.writeUInt32LE(SAMPLE_RATE * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) {
    const seconds = i / SAMPLE_RATE;
    const within = (seconds % (2 * SYLLABLE_SECONDS)) / SYLLABLE_SECONDS;
    const envelope = within < 1 ? Math.sin(Math.PI * within) : 0;
    const tone = Math.sin(2 * Math.PI * hertz * seconds);
    bytes.writeInt16LE(Math.round(12_000 * envelope * tone), 44 + i * 2);
  }
  return bytes;
}
