import type { RoomState } from './state.ts';

/**
 * How a moderator wants the program's picture: the fields of the command `layout`. It says what
 * shall change and nothing else: what the page knows may be older than what was pressed before.
 */
export type PictureWish = {
  readonly spotlight?: string;
  readonly hide?: readonly string[];
  readonly show?: readonly string[];
};

/** Whether somebody leads the picture. */
export function isInSpotlight(state: RoomState, id: string): boolean {
  return state.room?.spotlight === id;
}

/** Whether somebody is heard but not seen in the program. */
export function isHidden(state: RoomState, id: string): boolean {
  return state.room?.hidden?.includes(id) ?? false;
}

/** Puts somebody in front, who is then seen of course, or back among the others. */
export function withSpotlight(id: string, on: boolean): PictureWish {
  return on ? { spotlight: id, show: [id] } : { spotlight: '' };
}

/** Takes somebody out of the picture, and so out of the spotlight, or in again. */
export function withHidden(state: RoomState, id: string, on: boolean): PictureWish {
  if (!on) {
    return { show: [id] };
  }
  return { ...(isInSpotlight(state, id) ? { spotlight: '' } : {}), hide: [id] };
}
