import { describe, expect, it } from 'vitest';
import { cutOf, momentText, writtenMoment } from './cut.ts';

describe('a moment', () => {
  it.each([
    [0, '0:00'],
    [12.5, '0:12.5'],
    [3725.04, '1:02:05'],
    [3725.96, '1:02:05.9'],
  ])('of %d s is written %s', (seconds, text) => expect(momentText(seconds)).toBe(text));

  it.each([
    ['4:07', 247],
    [' 1:02:05 ', 3725],
    ['0:12.5', 12.5],
    ['90', 90],
    ['12.5', 12.5],
    ['2m5s', 125],
  ])('%s is %d s', (text, seconds) => expect(writtenMoment(text)).toBe(seconds));

  it.each(['', 'noon', '4:7', '-3', '1:02.'])('%s is none', (text) =>
    expect(writtenMoment(text)).toBeNull(),
  );
});

describe('a part', () => {
  it('is what lies between two moments of the recording', () => {
    expect(cutOf('0:10', '1:00.5', 61)).toEqual({ from_s: 10, to_s: 60.5 });
  });

  it('says what is wrong with them', () => {
    expect(cutOf('x', '1:00', 61)).toBe('Say both moments as 4:07 or 1:04:07.');
    expect(cutOf('0:10', '1:02', 61)).toBe('The recording ends at 1:01.');
    expect(cutOf('0:10', '0:10', 61)).toBe('The end must come after the beginning.');
  });
});
