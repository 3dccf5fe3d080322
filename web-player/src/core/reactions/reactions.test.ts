import { describe, expect, it } from 'vitest';
import { dueAt, told, waitingWith, type Reaction } from './reactions.ts';

const AT = '2026-01-01T10:00:10Z';
const from = (id: string, emoji = '👏', media_at: string | null = AT): Reaction => ({
  from: { id, name: id },
  emoji,
  media_at,
});

describe('dueAt', () => {
  const playhead = Date.parse(AT);

  it('shows a reaction when the playhead reaches it', () => {
    const waiting = [from('ada'), from('ben', '👏', '2026-01-01T10:00:20Z')];
    const early = dueAt(waiting, playhead - 1, 'me');
    expect(early.due).toEqual([]);
    const later = dueAt(early.waiting, playhead, 'me');
    expect(later.due).toEqual([waiting[0]]);
    expect(later.waiting).toEqual([waiting[1]]);
  });

  it('shows one’s own at once, and all where nothing plays', () => {
    expect(dueAt([from('me')], 0, 'me').due).toHaveLength(1);
    expect(dueAt([from('ada')], null, 'me').due).toHaveLength(1);
    expect(dueAt([from('ada', '👏', null)], 0, 'me').due).toHaveLength(1);
  });
});

describe('waitingWith', () => {
  it('keeps the newest two hundred', () => {
    let waiting: readonly Reaction[] = [];
    for (let i = 0; i < 250; i++) {
      waiting = waitingWith(waiting, from(`${i}`));
    }
    expect(waiting).toHaveLength(200);
    expect(waiting.at(-1)?.from.id).toBe('249');
  });
});

describe('told', () => {
  it('names one and counts several', () => {
    expect(told([from('Ada')])).toBe('Ada clapped');
    expect(told([from('Ada'), from('Ben'), from('Cleo'), from('Ada')])).toBe('3 people clapped');
  });

  it('says the most first and stays short', () => {
    const many = ['👏', '❤️', '😂', '👍', '🎉'].flatMap((emoji, i) =>
      Array.from({ length: i + 1 }, (_, n) => from(`p${n}`, emoji)),
    );
    expect(told(many)).toBe('5 people celebrated, 4 people agreed, 3 people laughed');
  });

  it('says an emoji that the pages do not offer', () => {
    expect(told([{ from: { id: 'x', name: '' }, emoji: '🦉' }])).toBe('Somebody showed 🦉');
    expect(told([])).toBe('');
  });
});
