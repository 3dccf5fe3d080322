import { expect, test } from 'vitest';
import { differs, ShownSizes } from './shown-sizes.ts';

const tile = { name: 'tile' };
const stage = { name: 'stage' };

test('the largest place of a picture counts', () => {
  const shown = new ShownSizes<object, string>();
  shown.set(tile, 'ada', { width: 160, height: 90 });
  shown.set(stage, 'ada', { width: 1280, height: 720 });
  expect(shown.of('ada')).toEqual({ width: 1280, height: 720 });
  shown.set(stage, 'ben', { width: 1280, height: 720 });
  expect(shown.of('ada')).toEqual({ width: 160, height: 90 });
});

test('what no place shows has no size', () => {
  const shown = new ShownSizes<object, string>();
  shown.set(tile, 'ada', { width: 160, height: 90 });
  shown.set(tile, null, { width: 0, height: 0 });
  expect(shown.of('ada')).toEqual({ width: 0, height: 0 });
});

test('only a change that can matter is told', () => {
  expect(differs(undefined, { width: 0, height: 0 })).toBe(true);
  expect(differs({ width: 320, height: 180 }, { width: 326, height: 183 })).toBe(false);
  expect(differs({ width: 320, height: 180 }, { width: 640, height: 360 })).toBe(true);
  expect(differs({ width: 320, height: 180 }, { width: 0, height: 0 })).toBe(true);
});
