import { describe, expect, it } from 'vitest';
import { cueAt, readVtt } from './vtt.ts';

const FILE = `WEBVTT

0
00:00:01.500 --> 00:00:03.000
a &lt;b&gt; &amp;amp; c

1
01:00:02.000 --> 01:00:04.250
two
lines

NOTE 00:00:09.000 is no cue

02:03.000 --> 02:04.000 line:0
<v Ada>said <i>so</i></v>
`;

describe('a WebVTT file', () => {
  it('gives its words and their times, in order, without markup', () => {
    expect(readVtt(FILE)).toEqual([
      { start: 1.5, end: 3, text: 'a <b> &amp; c' },
      { start: 123, end: 124, text: 'said so' },
      { start: 3602, end: 3604.25, text: 'two\nlines' },
    ]);
  });

  it('is read with any line ends, and nothing else is taken for one', () => {
    expect(readVtt(FILE.replaceAll('\n', '\r\n'))).toEqual(readVtt(FILE));
    expect(readVtt('')).toEqual([]);
    expect(readVtt('{"code":"unauthorized"}\n\n-->\n\n00:01 --> 00:02\nx')).toEqual([]);
  });
});

describe('the cue of a moment', () => {
  const cues = [1, 5, 5, 9].map((start) => ({ start, end: start + 1, text: 'x' }));

  it('is the last one that began', () => {
    expect([0, 1, 4.9, 5, 8, 100].map((at) => cueAt(cues, at))).toEqual([-1, 0, 0, 2, 2, 3]);
    expect(cueAt([], 3)).toBe(-1);
  });
});
