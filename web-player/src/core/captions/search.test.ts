import { describe, expect, it } from 'vitest';
import { fold, search, typedWords } from './search.ts';

const find = (lines: readonly string[], query: string) =>
  search(lines.map(fold), typedWords(query)).map(({ index, marks }) => ({
    index,
    marked: marks.map(([from, to]) => lines[index]?.slice(from, to)),
  }));

describe('the search in a transcript', () => {
  it.each([
    ['ecole', 'À l’École normale', ['École']],
    ['École', 'a l’ecole', ['ecole']],
    ['strasse', 'Die STRAẞE und die Straße', ['STRAẞE', 'Straße']],
    ['ΟΔΟΣ', 'η οδός', ['οδός']],
    ['istanbul', 'İstanbul ISTANBUL ıstanbul', ['İstanbul', 'ISTANBUL', 'ıstanbul']],
    ['smorrebrod', 'Smørrebrød', ['Smørrebrød']],
    ['еще', 'Ещё раз', ['Ещё']],
    ['كتاب', 'الكِتَابُ هنا', ['كِتَابُ']],
    ['שלום', 'שָׁלוֹם לכולם', ['שָׁלוֹם']],
    ['数学', '今日は数学です', ['数学']],
    ['がく', 'かく', []],
    ['half width', 'ＨＡＬＦ ＷＩＤＴＨ', ['ＨＡＬＦ', 'ＷＩＤＴＨ']],
    ['किताब', 'यह किताब है', ['किताब']],
    ['कताब', 'यह किताब है', []],
  ])('finds %s in “%s”', (query, line, marked) => {
    expect(find([line], query).flatMap((hit) => hit.marked)).toEqual(marked);
  });

  it('marks an accent that stands for itself with its letter', () => {
    const line = 'cafe\u0301 noir';
    expect(find([line], 'cafe')).toEqual([{ index: 0, marked: ['cafe\u0301'] }]);
  });

  it('wants all words, in any order, and marks what overlaps once', () => {
    const lines = ['the lens bends light', 'light only', 'a LIGHT lens'];
    expect(find(lines, 'light lens')).toEqual([
      { index: 0, marked: ['lens', 'light'] },
      { index: 2, marked: ['LIGHT', 'lens'] },
    ]);
    expect(find(['banana'], 'ana nan')).toEqual([{ index: 0, marked: ['anan'] }]);
  });

  it('reads over the end of a line', () => {
    const lines = ['nothing', 'this is linear', 'algebra at last', 'nothing'];
    expect(find(lines, 'linear algebra').map(({ index }) => index)).toEqual([1, 2]);
  });

  it('takes what is typed for words, not for a pattern, and nothing for nothing', () => {
    expect(find(['a.b', 'axb', '(a+b)*'], 'a.b')).toEqual([{ index: 0, marked: ['a.b'] }]);
    expect(find(['(a+b)*'], '(a+')).toEqual([{ index: 0, marked: ['(a+'] }]);
    expect(find(['x'], '   ')).toEqual([]);
    expect(find(['x'], '\u0301')).toEqual([]);
  });
});
