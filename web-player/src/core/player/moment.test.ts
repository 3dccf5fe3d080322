import { describe, expect, it } from 'vitest';
import { chapterAt } from './chapters.ts';
import { deedOf, speedAfter } from './keys.ts';
import { readMoment } from './moment.ts';

describe('the moment in an address', () => {
  it.each([
    ['125', 125],
    ['12.5', 12.5],
    ['90s', 90],
    ['1h2m5s', 3725],
    ['3m', 180],
    ['2:05', 125],
    ['1:02:05', 3725],
    ['0', 0],
  ])('%s is %d s', (text, seconds) => expect(readMoment(text)).toBe(seconds));

  it.each(['', '-5', 'now', '1e9', '5m2h', '99999999', 's'])('%s is none', (text) =>
    expect(readMoment(text)).toBeNull(),
  );

  it('may not be there', () => expect(readMoment(null)).toBeNull());
});

describe('the keys of a player', () => {
  it('work as people know them, also with the caps lock on', () => {
    expect(deedOf('j')).toEqual({ deed: 'skip', by: -10 });
    expect(deedOf('K')).toEqual({ deed: 'play' });
    expect(deedOf('5')).toEqual({ deed: 'go', to: 0.5 });
    expect(deedOf('>')).toEqual({ deed: 'faster', by: 1 });
    expect(deedOf('x')).toBeNull();
    expect(deedOf('Tab')).toBeNull();
    expect(deedOf('constructor')).toBeNull();
  });

  it('change the speed by steps, and not past the ends', () => {
    expect(speedAfter(1, 1)).toBe(1.25);
    expect(speedAfter(2, 1)).toBe(2);
    expect(speedAfter(0.5, -1)).toBe(0.5);
    expect(speedAfter(1.1, -1)).toBe(1);
  });
});

describe('the chapter of a moment', () => {
  it('is the one that began last', () => {
    const chapters = [0, 10, 20].map((start_s) => ({ start_s, title: '' }));
    expect([0, 9.9, 10, 99].map((at) => chapterAt(chapters, at))).toEqual([0, 0, 1, 2]);
    expect(chapterAt(chapters.slice(1), 3)).toBe(-1);
  });
});
