export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

/** What a key does in a player. */
export type Deed =
  | { readonly deed: 'play' | 'mute' | 'captions' | 'full' | 'pip' | 'search' }
  | { readonly deed: 'skip' | 'louder' | 'faster'; readonly by: number }
  /** To a part of the whole, 0 to 1. */
  | { readonly deed: 'go'; readonly to: number };

const DEEDS: ReadonlyMap<string, Deed> = new Map(
  Object.entries<Deed>({
    ' ': { deed: 'play' },
    k: { deed: 'play' },
    m: { deed: 'mute' },
    c: { deed: 'captions' },
    f: { deed: 'full' },
    i: { deed: 'pip' },
    '/': { deed: 'search' },
    j: { deed: 'skip', by: -10 },
    l: { deed: 'skip', by: 10 },
    ArrowLeft: { deed: 'skip', by: -5 },
    ArrowRight: { deed: 'skip', by: 5 },
    ArrowUp: { deed: 'louder', by: 0.1 },
    ArrowDown: { deed: 'louder', by: -0.1 },
    '<': { deed: 'faster', by: -1 },
    '>': { deed: 'faster', by: 1 },
    Home: { deed: 'go', to: 0 },
    End: { deed: 'go', to: 1 },
  }),
);

/** What this key does; null for nothing. Letters work with the caps lock on. */
export function deedOf(key: string): Deed | null {
  const tenth = /^[0-9]$/.test(key) ? Number(key) / 10 : null;
  return tenth === null
    ? (DEEDS.get(key) ?? (key.length === 1 ? DEEDS.get(key.toLowerCase()) : null) ?? null)
    : { deed: 'go', to: tenth };
}

/** So many steps faster or slower than now. */
export function speedAfter(now: number, steps: number): number {
  const at = SPEEDS.findIndex((speed) => speed >= now - 0.001);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + steps))] ?? 1;
}
