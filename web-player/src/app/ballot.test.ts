import { describe, expect, it } from 'vitest';
import { chosen, type KnownPoll } from '../core/polls/poll.ts';
import { EMPTY_ROOM } from '../core/room/state.ts';
import { Store } from '../core/store.ts';
import { Ballot } from './ballot.ts';

const POLL: KnownPoll = { id: 'q_1', question: '?', options: ['a', 'b', 'c'], open: true };

/** A server that answers when it is told to. */
function voter(poll: KnownPoll | null) {
  const state = new Store({ ...EMPTY_ROOM, poll });
  const asked: { fields: unknown; answer: (taken: boolean) => void }[] = [];
  const ballot = new Ballot({
    state,
    ask: (_, fields) => new Promise((answer) => asked.push({ fields, answer })),
  });
  return { asked, ballot, choice: () => state.value.poll && chosen(state.value.poll) };
}

describe('Ballot', () => {
  it('marks what is pressed, and takes the mark back when it is refused', async () => {
    const { asked, ballot, choice } = voter(POLL);
    const first = ballot.cast(0);
    expect(choice()).toBe(0);
    asked[0]!.answer(true);
    await first;
    const second = ballot.cast(2);
    expect(choice()).toBe(2);
    asked[1]!.answer(false);
    await second;
    expect(choice()).toBe(0);
    expect(asked.map(({ fields }) => fields)).toEqual([
      { poll: 'q_1', option: 0 },
      { poll: 'q_1', option: 2 },
    ]);
  });

  it('shows the last of several presses, whatever becomes of those before', async () => {
    const { asked, ballot, choice } = voter(POLL);
    const all = [ballot.cast(0), ballot.cast(1), ballot.cast(0)];
    expect(asked).toHaveLength(3);
    asked[0]!.answer(true);
    asked[1]!.answer(false);
    await Promise.all(all.slice(0, 2));
    expect(choice()).toBe(0);
    asked[2]!.answer(true);
    await all[2];
    expect(choice()).toBe(0);
  });

  it('asks nothing where nothing would change', async () => {
    for (const poll of [null, { ...POLL, open: false }, { ...POLL, mine: 1 }]) {
      const { asked, ballot } = voter(poll);
      await ballot.cast(1);
      expect(asked).toEqual([]);
    }
  });
});
