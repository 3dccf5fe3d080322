/** Colours that stand out on pictures, bright or dark, and from each other. */
const INKS = [
  '#ff4d5e',
  '#2f9bff',
  '#ffb020',
  '#2fc46b',
  '#c86bff',
  '#12c2c2',
  '#ff7ac0',
  '#f2f230',
];

/** The pen's colour of a person: the same on every page. */
export function inkOf(id: string): string {
  let sum = 0;
  for (const letter of id) {
    sum = (sum * 33 + (letter.codePointAt(0) ?? 0)) >>> 0;
  }
  return INKS[sum % INKS.length] ?? '#ff4d5e';
}
