/** A stretch of a text, by its UTF-16 units: from the first to before the second. */
export type Stretch = readonly [number, number];

/** A text for searching: case, accents and widths are folded, and every unit knows its origin. */
export interface Folded {
  readonly text: string;
  /** Where in the text each folded unit comes from. */
  readonly from: readonly number[];
  /** Where what it comes from ends, with the accents on it. */
  readonly to: readonly number[];
}

/**
 * Accents of Latin, Greek and Cyrillic, the points of Hebrew and Arabic and the Arabic letter that
 * only stretches. Not the signs of other scripts: they are vowels there, and other words.
 */
const ACCENT = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/;
/** What Unicode takes for letters of their own, and people type without. */
const PLAIN: Readonly<Record<string, string>> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
};
/** What stands between words is as good as a blank. */
const BLANK = /[\s\u200b-\u200f\u2028-\u202e]/;

/** Folds a text of any script. */
export function fold(text: string): Folded {
  let out = '';
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  for (const letter of text) {
    const next = at + letter.length;
    for (const unit of plain(letter)) {
      if (ACCENT.test(unit)) {
        extend(to, next);
      } else {
        out += unit;
        for (let i = 0; i < unit.length; i++) {
          from.push(at);
          to.push(next);
        }
      }
    }
    at = next;
  }
  return { text: out, from, to };
}

/** An accent that stands by itself belongs to the letter before. */
function extend(to: number[], end: number): void {
  if (to.length > 0) {
    to[to.length - 1] = end;
  }
}

function plain(letter: string): string {
  if (BLANK.test(letter)) {
    return ' ';
  }
  // Up and down again: 'ß' becomes 'ss' and both Greek sigmas one. Letter by letter, so that none
  // becomes another because of where it stands.
  const upper = letter.normalize('NFKD').toLowerCase().toUpperCase();
  const same = [...upper].map((one) => one.toLowerCase()).join('');
  return [...same.normalize('NFKD')].map((one) => PLAIN[one] ?? one).join('');
}

/** The words that somebody typed, folded. */
export function typedWords(query: string): string[] {
  return [...new Set(fold(query).text.split(' ').filter(Boolean))];
}

/** A line in which was said what somebody looks for. */
export interface Hit {
  readonly index: number;
  /** What to highlight in it, in order and apart. */
  readonly marks: readonly Stretch[];
}

/**
 * The lines in which all words occur, anywhere; a line and the next one together are as good when
 * neither has them alone, because captions are cut in the middle of sentences.
 */
export function search(lines: readonly Folded[], words: readonly string[]): Hit[] {
  if (words.length === 0) {
    return [];
  }
  const has = lines.map(({ text }) => words.map((word) => text.includes(word)));
  const all = has.map((found) => found.every(Boolean));
  const wanted = new Set<number>();
  all.forEach((whole, index) => {
    const next = has[index + 1];
    if (whole) {
      wanted.add(index);
    } else if (next && !all[index + 1] && has[index]?.every((here, word) => here || next[word])) {
      wanted.add(index).add(index + 1);
    }
  });
  return [...wanted]
    .sort((a, b) => a - b)
    .map((index) => ({ index, marks: marksIn(lines[index] as Folded, words) }));
}

function marksIn({ text, from, to }: Folded, words: readonly string[]): Stretch[] {
  const found: [number, number][] = [];
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
      found.push([from[at] ?? 0, to[at + word.length - 1] ?? 0]);
    }
  }
  found.sort((a, b) => a[0] - b[0]);
  const apart: [number, number][] = [];
  for (const [start, end] of found) {
    const last = apart.at(-1);
    if (last && start <= last[1]) {
      last[1] = Math.max(last[1], end);
    } else {
      apart.push([start, end]);
    }
  }
  return apart;
}
