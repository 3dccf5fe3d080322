import type { ClassSession } from '../app/class-session.ts';
import { surfaceOf } from '../core/board/surface.ts';

/** Whoever shares, draws or points wants the others to look at it, and at once. */
export function othersShow({ state, board }: ClassSession): boolean {
  const self = state.value.self?.id;
  const { kind, person } = surfaceOf(state.value);
  return (
    kind === 'slides' ||
    (kind === 'screen' && person?.id !== self) ||
    board.strokes.value.length > 0 ||
    board.pointers.value.some(({ from }) => from !== self)
  );
}
