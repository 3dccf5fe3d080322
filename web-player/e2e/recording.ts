import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OUT } from './check.ts';

const SAMPLE_RATE = 8_000;
const BLOCK = 1_600;

function run(command: string, args: readonly string[]): Buffer {
  const result = spawnSync(command, args, { maxBuffer: 256 * 1024 * 1024 });
  if (result.error) {
    throw new Error(`${command} cannot be started: ${result.error.message}`);
  }
  if (result.status !== 0 || result.stderr.length > 0) {
    throw new Error(`${command} ${args.join(' ')}: ${result.stderr.toString() || result.status}`);
  }
  return result.stdout;
}

/**
 * Decodes every frame of a file; any complaint is an error. Each frame keeps its own time: counted
 * in the rate that a program began with, two pictures of a faster part would have the same.
 */
export function decodesWhole(path: string): void {
  const asItIs = ['-fps_mode', 'passthrough', '-enc_time_base', '-1'];
  run('ffmpeg', ['-v', 'error', '-xerror', '-i', path, ...asItIs, '-f', 'null', '-']);
}

/** Seconds, as the container says. */
export function durationOf(path: string): number {
  const args = ['-v', 'error', '-show_entries', 'format=duration', '-of', 'csv=p=0', path];
  return Number(run('ffprobe', args).toString());
}

/** Decodes one picture in the middle: the file can be entered anywhere. */
export function seeks(path: string): void {
  const middle = (durationOf(path) / 2).toFixed(2);
  const picture = join(OUT, 'middle.png');
  run('ffmpeg', ['-v', 'error', '-y', '-ss', middle, '-i', path, '-frames:v', '1', picture]);
}

/** How much louder a pitch is, at its loudest fifth of a second, than the neighbouring pitches. */
export function toneDb(path: string, hertz: number): number {
  const args = [
    '-v',
    'error',
    '-i',
    path,
    '-vn',
    '-ac',
    '1',
    '-ar',
    `${SAMPLE_RATE}`,
    '-f',
    's16le',
    '-',
  ];
  const pcm = run('ffmpeg', args);
  let best = -Infinity;
  for (let at = 0; at + BLOCK * 2 <= pcm.length; at += BLOCK * 2) {
    const tone = goertzel(pcm, at, hertz);
    const beside = Math.max(goertzel(pcm, at, hertz * 0.85), goertzel(pcm, at, hertz * 1.15), 1e4);
    best = Math.max(best, 10 * Math.log10(tone / beside));
  }
  return best;
}

function goertzel(pcm: Buffer, at: number, hertz: number): number {
  const turn = 2 * Math.cos((2 * Math.PI * hertz) / SAMPLE_RATE);
  let before = 0;
  let last = 0;
  for (let i = 0; i < BLOCK; i++) {
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / BLOCK);
    const next = pcm.readInt16LE(at + i * 2) * window + turn * last - before;
    before = last;
    last = next;
  }
  return before * before + last * last - turn * before * last;
}

/** One rendition as it lies on the server: its init segment and every segment of its playlist. */
export interface Rendition {
  readonly name: string;
  readonly seconds: number;
  /** The first PROGRAM-DATE-TIME, in milliseconds of the wall clock. */
  readonly beginning_ms: number;
  readonly ended: boolean;
  readonly segments: readonly string[];
}

/** Fetches every segment of a media playlist and lets ffprobe count the frames of each. */
export async function probeRendition(name: string, playlistUrl: string): Promise<Rendition> {
  const text = await (await fetch(playlistUrl)).text();
  const init = Buffer.from(
    await bytes(new URL(/#EXT-X-MAP:URI="([^"]+)"/.exec(text)?.[1] ?? '', playlistUrl)),
  );
  const segments = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const segment of segments) {
    const path = join(OUT, 'segment.mp4');
    writeFileSync(
      path,
      Buffer.concat([init, Buffer.from(await bytes(new URL(segment, playlistUrl)))]),
    );
    const args = [
      '-v',
      'error',
      '-count_frames',
      '-show_entries',
      'stream=nb_read_frames',
      '-of',
      'csv=p=0',
      path,
    ];
    const frames = Number(run('ffprobe', args).toString());
    if (!(frames > 0)) {
      throw new Error(`Segment ${segment} of ${name} holds ${frames} frames.`);
    }
  }
  const seconds = [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce(
    (sum, [, extinf]) => sum + Number(extinf),
    0,
  );
  const beginning_ms = Date.parse(/#EXT-X-PROGRAM-DATE-TIME:(\S+)/.exec(text)?.[1] ?? '');
  return { name, seconds, beginning_ms, ended: text.includes('#EXT-X-ENDLIST'), segments };
}

async function bytes(url: URL): Promise<ArrayBuffer> {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`${url.pathname} answers ${answer.status}.`);
  }
  return answer.arrayBuffer();
}
