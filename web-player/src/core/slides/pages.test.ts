import { describe, expect, it } from 'vitest';
import { stepOf, titleOf, turned, wrongWith } from './pages.ts';

describe('pages', () => {
  it('turn within the deck only', () => {
    expect(turned(1, 1, 3)).toBe(2);
    expect(turned(3, 1, 3)).toBeNull();
    expect(turned(1, -1, 3)).toBeNull();
    expect(turned(2, -1, 3)).toBe(1);
  });

  it('turn by arrows and page keys', () => {
    expect(['ArrowRight', 'PageDown', 'ArrowLeft', 'PageUp', 'a'].map(stepOf)).toEqual([
      1, 1, -1, -1, 0,
    ]);
  });

  it('say what is wrong with a file', () => {
    expect(wrongWith({ name: 'a.pdf', type: 'application/pdf', size: 5 })).toBe('');
    expect(wrongWith({ name: 'A.PDF', type: '', size: 5 })).toBe('');
    expect(wrongWith({ name: 'a.pptx', type: 'x/y', size: 5 })).toContain('not a PDF');
    expect(wrongWith({ name: 'a.pdf', type: '', size: 60_000_000 })).toContain('60 MB');
  });

  it('are called by their number without a title', () => {
    const up = { deck: 'd', page: 3, pages: 4, name: 'a.pdf', title: '', width: 2, height: 2 };
    expect(titleOf(up)).toBe('Slide 3');
    expect(titleOf({ ...up, title: 'Lenses' })).toBe('Lenses');
  });
});
