const key = (room: string): string => `amphi.consent.${room}`;

/** What this browser's person answered in this class the last time, or null. */
export function rememberedAnswer(room: string): boolean | null {
  try {
    const kept = localStorage.getItem(key(room));
    return kept === null ? null : kept === 'yes';
  } catch {
    return null; // Storage is blocked: it is asked as if for the first time.
  }
}

export function keepAnswer(room: string, given: boolean): void {
  try {
    localStorage.setItem(key(room), given ? 'yes' : 'no');
  } catch {
    // Storage is blocked: the server keeps it for the class.
  }
}
