import { describe, expect, it } from 'vitest';
import { sizeText, trackName, trackWords, type KeptTrack } from './tracks.ts';

const TRACK: KeptTrack = {
  n: 1,
  name: 'Ada',
  participant: 'ada',
  source: 'camera',
  file: 'track-1.webm',
  url: '/api/rooms/maths/recordings/r/tracks/1.webm',
  bytes: 48_211_903,
  start_s: 0.412,
  duration_s: 3312.84,
  height: 720,
  damaged: false,
};

describe('a track', () => {
  it('is told by whose it is, what, and where it stands', () => {
    expect(trackName(TRACK)).toBe('Ada, camera');
    expect(trackName({ ...TRACK, name: '', source: 'screen_audio' })).toBe(
      'ada, sound of the screen',
    );
    expect(trackWords(TRACK)).toBe('55:12 · from 0:00 · 720 lines · 48.2 MB');
  });

  it('says that some of it is missing', () => {
    expect(trackWords({ ...TRACK, damaged: true })).toMatch(/damaged on the disk/);
  });
});

describe('a size', () => {
  it.each([
    [12, '1 KB'],
    [340_000, '340 KB'],
    [2_500_000, '2.5 MB'],
    [3_210_000_000, '3.21 GB'],
  ])('of %d bytes is %s', (bytes, text) => expect(sizeText(bytes)).toBe(text));
});
