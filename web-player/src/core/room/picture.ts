import type { RoomState } from './state.ts';

/** How a moderator wants the program's picture: the fields of the command `layout`. */
export type PictureWish = {
  readonly layout: string;
  readonly spotlight?: string;
  readonly hidden?: readonly string[];
};

/** Whether somebody leads the picture. */
export function isInSpotlight(state: RoomState, id: string): boolean {
  return state.room?.spotlight === id;
}

/** Whether somebody is heard but not seen in the program. */
export function isHidden(state: RoomState, id: string): boolean {
  return state.room?.hidden?.includes(id) ?? false;
}

/** Another layout: whoever leads goes on leading, and the server keeps who is hidden. */
export function withLayout(state: RoomState, layout: string): PictureWish {
  return { layout, ...leader(state, state.room?.spotlight ?? '') };
}

/** Puts somebody in front, who is then seen of course, or back among the others. */
export function withSpotlight(state: RoomState, id: string, on: boolean): PictureWish {
  const hidden = state.room?.hidden ?? [];
  return {
    layout: layoutOf(state),
    ...leader(state, on ? id : ''),
    ...(on && hidden.includes(id) ? { hidden: hidden.filter((other) => other !== id) } : {}),
  };
}

/** Takes somebody out of the picture, and so out of the spotlight, or in again. */
export function withHidden(state: RoomState, id: string, on: boolean): PictureWish {
  const others = (state.room?.hidden ?? []).filter((other) => other !== id);
  const spotlight = state.room?.spotlight ?? '';
  return {
    layout: layoutOf(state),
    ...leader(state, on && spotlight === id ? '' : spotlight),
    hidden: on ? [...others, id] : others,
  };
}

function layoutOf(state: RoomState): string {
  return state.room?.layout ?? 'auto';
}

/** The server refuses a leader who is not there any more. */
function leader(state: RoomState, id: string): { spotlight?: string } {
  return state.participants.some((person) => person.id === id) ? { spotlight: id } : {};
}
