const key = (room: string): string => `amphi.token.${room}`;

/** The room that a page's address names: `/studio/{room}`, `/watch/{room}`, `/recording/{room}/…`. */
export function roomOfAddress(): string {
  return wordOfAddress(2);
}

/** The recording that the address `/recording/{room}/{id}` names. */
export function recordingOfAddress(): string {
  return wordOfAddress(3);
}

function wordOfAddress(index: number): string {
  const word = location.pathname.split('/')[index] ?? '';
  try {
    return decodeURIComponent(word);
  } catch {
    return word; // A link that was cut in the middle of a letter.
  }
}

/**
 * The room's token: from the link the first time, then from the tab's own memory. It is taken out
 * of the address bar, so that nobody shares it by sharing the page.
 */
export function tokenOf(room: string): string {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const query = new URLSearchParams(location.search);
  const found = fragment.get('token') ?? query.get('token');
  if (found) {
    keepToken(room, found);
    query.delete('token');
    fragment.delete('token');
    const rest = query.toString();
    const hash = fragment.toString();
    history.replaceState(null, '', location.pathname + (rest && `?${rest}`) + (hash && `#${hash}`));
    return found;
  }
  try {
    return sessionStorage.getItem(key(room)) ?? '';
  } catch {
    return ''; // Storage is blocked: the link has to be opened again.
  }
}

/** What a player shows to watch a class: nothing where everybody may. */
export function watchToken(room: { audience: string }, token: string): string {
  return room.audience === 'open' ? '' : token;
}

export function keepToken(room: string, token: string): void {
  try {
    sessionStorage.setItem(key(room), token);
  } catch {
    // Storage is blocked: the token lives as long as this page.
  }
}

const guestKey = (room: string): string => `amphi.guest.${room}`;

/** What the server called this browser the last time, when it had no token. */
export function guestOf(room: string): { guest?: string } {
  try {
    const guest = localStorage.getItem(guestKey(room));
    return guest ? { guest } : {};
  } catch {
    return {}; // Storage is blocked: the server calls it something new.
  }
}

export function keepGuest(room: string, guest: string): void {
  try {
    localStorage.setItem(guestKey(room), guest);
  } catch {
    // Storage is blocked: the next visit is somebody else's.
  }
}

/** Whether the token leaves a grant to its bearer; for what the page offers, the server decides. */
export function grants(token: string, grant: string): boolean {
  const { grants: left } = readClaims(token) ?? {};
  return !Array.isArray(left) || left.includes(grant);
}

/** Whether the token leaves it to its bearer to agree to be broadcast; the server decides. */
export function mayConsent(token: string): boolean {
  return readClaims(token)?.['consent'] !== false;
}

/** Who the token says one is, for words on the page; the server alone decides. */
export function claimsOf(token: string): { name: string; role: string; sub: string } | null {
  const claims = readClaims(token);
  return (
    claims && {
      name: String(claims['name'] ?? ''),
      role: String(claims['role'] ?? ''),
      sub: String(claims['sub'] ?? ''),
    }
  );
}

function readClaims(token: string): Record<string, unknown> | null {
  try {
    const part = (token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/');
    const bytes = Uint8Array.from(atob(part), (letter) => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
  } catch {
    return null; // Not a token: the server will say so in words.
  }
}
