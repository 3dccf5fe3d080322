import { describe, expect, it } from 'vitest';
import type { Poll } from './poll.ts';
import { newsOf, sharesOf, votersInWords } from './result.ts';

const POLL: Poll = {
  id: 'q_1',
  question: 'Lens or mirror?',
  options: ['Lens', 'Mirror'],
  open: true,
};
const CLOSED: Poll = { ...POLL, open: false, votes: [3, 1], voters: 4 };

describe('sharesOf', () => {
  const percents = (...votes: number[]) =>
    sharesOf({ ...POLL, options: votes.map(String), votes }).map(({ percent }) => percent);

  it('are whole, and equal for equal votes', () => {
    expect(percents(3, 1)).toEqual([75, 25]);
    expect(percents(1, 1, 1)).toEqual([33, 33, 33]);
    expect(percents(2, 1, 0)).toEqual([67, 33, 0]);
  });

  it('are nothing of nothing', () => {
    expect(percents(0, 0)).toEqual([0, 0]);
    expect(sharesOf(POLL)).toEqual([
      { option: 'Lens', votes: 0, percent: 0 },
      { option: 'Mirror', votes: 0, percent: 0 },
    ]);
  });
});

describe('votersInWords', () => {
  it('counts as people do', () => {
    expect(votersInWords(POLL)).toBe('Nobody has voted yet');
    expect(votersInWords({ ...POLL, voters: 1 })).toBe('1 has voted');
    expect(votersInWords({ ...POLL, voters: 12 })).toBe('12 have voted');
  });
});

describe('newsOf', () => {
  it('tells a new question once, however the votes change', () => {
    expect(newsOf(null, POLL)).toBe('A question to the class: Lens or mirror?');
    expect(newsOf(POLL, { ...POLL, votes: [1, 0], voters: 1 })).toBe('');
    expect(newsOf({ ...CLOSED, id: 'q_0' }, POLL)).toBe('A question to the class: Lens or mirror?');
  });

  it('tells the closing with its result', () => {
    const result = 'The vote is closed. 4 have voted. Lens: 75 %, Mirror: 25 %.';
    expect(newsOf(POLL, CLOSED)).toBe(result);
    expect(newsOf(CLOSED, CLOSED)).toBe('');
    expect(newsOf(null, CLOSED)).toBe(`A question to the class: Lens or mirror? ${result}`);
  });

  it('is silent when it is taken away', () => {
    expect(newsOf(CLOSED, null)).toBe('');
  });
});
