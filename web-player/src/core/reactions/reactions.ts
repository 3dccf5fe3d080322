/** A reaction as the room is told it. */
export interface Reaction {
  readonly from: { readonly id: string; readonly name: string };
  readonly emoji: string;
  /** The program's wall clock when it was shown, ISO 8601. */
  readonly media_at?: string | null;
}

/** What the pages offer; the server takes any one emoji. */
export const REACTIONS = [
  { emoji: '👏', label: 'Clap', did: 'clapped' },
  { emoji: '❤️', label: 'Love it', did: 'loved it' },
  { emoji: '😂', label: 'Laugh', did: 'laughed' },
  { emoji: '👍', label: 'Thumbs up', did: 'agreed' },
  { emoji: '🎉', label: 'Celebrate', did: 'celebrated' },
] as const;

/** Those that wait for a playhead; the oldest go when there are too many. */
const MOST_WAITING = 200;

export function waitingWith(waiting: readonly Reaction[], reaction: Reaction): readonly Reaction[] {
  return [...waiting, reaction].slice(-MOST_WAITING);
}

/**
 * Which of the waiting reactions are shown now: when the viewer's own playhead reaches them, one's
 * own at once, and all where nothing plays.
 */
export function dueAt(
  waiting: readonly Reaction[],
  playheadMs: number | null,
  selfId: string,
): { readonly due: readonly Reaction[]; readonly waiting: readonly Reaction[] } {
  const isDue = ({ from, media_at }: Reaction): boolean =>
    playheadMs === null || !media_at || from.id === selfId || Date.parse(media_at) <= playheadMs;
  return { due: waiting.filter(isDue), waiting: waiting.filter((one) => !isDue(one)) };
}

const MOST_NAMED = 3;

/** What a screen reader says of the last moments: one short sentence, however many reacted. */
export function told(reactions: readonly Reaction[]): string {
  const byEmoji = new Map<string, Map<string, string>>();
  for (const { emoji, from } of reactions) {
    const people = byEmoji.get(emoji) ?? new Map<string, string>();
    byEmoji.set(emoji, people.set(from.id, from.name));
  }
  return [...byEmoji]
    .sort(([, a], [, b]) => b.size - a.size)
    .slice(0, MOST_NAMED)
    .map(([emoji, people]) => {
      const did = REACTIONS.find((one) => one.emoji === emoji)?.did ?? `showed ${emoji}`;
      const [name] = people.values();
      return `${people.size === 1 ? name || 'Somebody' : `${people.size} people`} ${did}`;
    })
    .join(', ');
}
