/** What somebody drew in one go; points are x and y in turn, fractions of the picture. */
export interface Stroke {
  readonly from: string;
  /** The author's own. */
  readonly id: string;
  readonly points: readonly number[];
  readonly done: boolean;
}

/** What a stroke has grown by; the wire's `stroke`. */
export type StrokePart = Omit<Stroke, 'from'>;

/** All strokes, in the order in which they were begun. */
export type Strokes = readonly Stroke[];

/** The server keeps no more; what a hostile one sends beyond is not drawn. */
const MOST_STROKES = 2_000;
const MOST_POINTS = 30_000;

export function grown(strokes: Strokes, from: string, { id, points, done }: StrokePart): Strokes {
  const at = strokes.findLastIndex((one) => one.from === from && one.id === id);
  const before = strokes[at];
  if (before) {
    const all = [...before.points, ...points].slice(0, 2 * MOST_POINTS);
    return strokes.with(at, { ...before, points: all, done });
  }
  return strokes.length < MOST_STROKES ? [...strokes, { from, id, points, done }] : strokes;
}

export function without(strokes: Strokes, from: string, id: string): Strokes {
  const left = strokes.filter((one) => one.from !== from || one.id !== id);
  return left.length === strokes.length ? strokes : left;
}

/**
 * What the server keeps, and on top of it the parts of one's own that it had not taken in when it
 * said so: answers and the board come in one order over one socket.
 *
 * @param pending the parts that are not acknowledged, in the order in which they were sent
 */
export function reconciled(kept: Strokes, self: string, pending: readonly StrokePart[]): Strokes {
  const within = kept.slice(0, MOST_STROKES);
  return pending.reduce<Strokes>((strokes, part) => grown(strokes, self, part), within);
}

/** One's own last stroke: what 'undo' takes away. */
export function lastOf(strokes: Strokes, self: string): Stroke | undefined {
  return strokes.findLast((one) => one.from === self);
}
