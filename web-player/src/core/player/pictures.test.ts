import { expect, test } from 'vitest';
import { NO_PICTURES, pictureAt, readPictures } from './pictures.ts';

const LIVE = `WEBVTT
X-PROGRAM-DATE-TIME: 2026-11-02T09:00:00.250Z

00:00:00.000 --> 00:00:05.033
1-a/thumbnails/0.jpg#xywh=0,0,256,144

00:00:05.033 --> 00:00:35.033
1-a/thumbnails/1.jpg?token=a.b#xywh=0,0,256,144

01:01:00.000 --> 01:01:05.000
1-a/thumbnails/3.jpg#xywh=0,0,256,144
`;

test('a moment has the picture that stands for it', () => {
  const track = readPictures(LIVE);
  expect(track.zeroMs).toBe(Date.UTC(2026, 10, 2, 9, 0, 0, 250));
  expect(pictureAt(track, 0)).toBe('1-a/thumbnails/0.jpg');
  expect(pictureAt(track, 5.032)).toBe('1-a/thumbnails/0.jpg');
  expect(pictureAt(track, 5.033)).toBe('1-a/thumbnails/1.jpg?token=a.b');
  expect(pictureAt(track, 3_663)).toBe('1-a/thumbnails/3.jpg');
});

test('where nobody looked there is none', () => {
  const track = readPictures(LIVE);
  expect(pictureAt(track, -1)).toBeNull();
  expect(pictureAt(track, 36)).toBeNull();
  expect(pictureAt(track, 3_666)).toBeNull();
  expect(pictureAt(NO_PICTURES, 0)).toBeNull();
});

test('a file without a clock has none, whatever its cues say', () => {
  const file = 'WEBVTT\n\n00:00:00.000 --> 00:00:05.000\nX-PROGRAM-DATE-TIME: 2026-11-02T09:00:00Z';
  expect(readPictures(file).zeroMs).toBeNull();
  expect(readPictures('')).toEqual(NO_PICTURES);
});
