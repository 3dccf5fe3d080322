/** Where a typed code or a pasted link leads. */
export interface Destination {
  readonly page: 'watch' | 'studio';
  readonly room: string;
  /** The link's own fragment, which may carry a token. */
  readonly hash: string;
}

const ROOM_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const LINK = /^(?:https?:\/\/[^/]+)?\/(watch|studio)\/([^/?#]+)\/?(?:\?([^#]*))?(#.*)?$/;

/** Reads what a person typed to join: a class's code or its link; null when it is neither. */
export function readDestination(typed: string): Destination | null {
  const text = typed.trim();
  if (ROOM_ID.test(text)) {
    return { page: 'watch', room: text, hash: '' };
  }
  const link = LINK.exec(text);
  const room = link?.[2];
  if (!link || !room || !ROOM_ID.test(room)) {
    return null;
  }
  const hash = link[4] ?? (link[3]?.startsWith('token=') ? `#${link[3]}` : '');
  return { page: link[1] as 'watch' | 'studio', room, hash };
}
