/** Where somebody points, fractions of the picture. */
export interface Pointer {
  readonly from: string;
  readonly x: number;
  readonly y: number;
  /** Milliseconds of the page's own clock. */
  readonly at: number;
  /** Changes with each word from it: what fades begins to fade anew. */
  readonly turn: 0 | 1;
}

/** A pointer that says nothing more has left, or its last word was lost. */
export const POINTER_LASTS_MS = 3_000;

export interface CursorSeen {
  readonly from: string;
  readonly x: number;
  readonly y: number;
  readonly shown: boolean;
}

export function pointed(
  pointers: readonly Pointer[],
  { from, x, y, shown }: CursorSeen,
  at: number,
): readonly Pointer[] {
  const others = pointers.filter((one) => one.from !== from && !isOver(one, at));
  const turn = pointers.find((one) => one.from === from)?.turn === 0 ? 1 : 0;
  return shown ? [...others, { from, x, y, at, turn }] : others;
}

/** Those that are still meant; the same list when all are. */
export function fresh(pointers: readonly Pointer[], now: number): readonly Pointer[] {
  return pointers.some((one) => isOver(one, now))
    ? pointers.filter((one) => !isOver(one, now))
    : pointers;
}

function isOver({ at }: Pointer, now: number): boolean {
  return now - at >= POINTER_LASTS_MS;
}
