import { describe, expect, it } from 'vitest';
import { reduce } from '../room/reducer.ts';
import { EMPTY_ROOM } from '../room/state.ts';
import type { Participant, Room, RoomEvent, Welcome } from '../signal/messages.ts';
import {
  answered,
  chosen,
  isReached,
  pressedOn,
  told,
  welcomedWith,
  type KnownPoll,
  type Poll,
} from './poll.ts';

const POLL: Poll = {
  id: 'q_1',
  question: 'What bends light?',
  options: ['A lens', 'A mirror'],
  media_at: '2026-11-22T10:00:00.000Z',
  open: true,
};
const CLOSED: Poll = { ...POLL, open: false, votes: [3, 1], voters: 4 };

describe('what the server tells of a poll', () => {
  it('leaves one’s own choice as it is, which it does not tell everybody', () => {
    expect(told({ ...POLL, mine: 1 }, CLOSED)).toEqual({ ...CLOSED, mine: 1 });
    expect(told({ ...POLL, mine: 0, pressed: 1 }, POLL)).toEqual({ ...POLL, mine: 0, pressed: 1 });
  });

  it('forgets the choice with the poll', () => {
    const next = { ...POLL, id: 'q_2' };
    expect(told({ ...POLL, mine: 1, pressed: 0 }, next)).toEqual(next);
    expect(told({ ...POLL, mine: 1 }, null)).toBeNull();
    expect(told(null, POLL)).toEqual(POLL);
  });

  it('says in a welcome what one chose, also when one chose nothing', () => {
    expect(welcomedWith(null, { ...POLL, mine: 0 })).toEqual({ ...POLL, mine: 0 });
    expect(welcomedWith({ ...POLL, mine: 1 }, POLL)).toEqual(POLL);
    expect(welcomedWith({ ...POLL, mine: 1 }, undefined)).toBeNull();
  });

  it('has not answered yet what is sent again after a welcome', () => {
    const before = { ...POLL, mine: 0, pressed: 1 };
    expect(welcomedWith(before, { ...POLL, mine: 0 })).toEqual(before);
    expect(welcomedWith(before, { ...POLL, id: 'q_2' })).toEqual({ ...POLL, id: 'q_2' });
  });
});

describe('a press', () => {
  const press = (option: number) => pressedOn({ ...POLL, mine: 0 }, 'q_1', option) as KnownPoll;

  it('is one’s choice at once, and again what it was when it is refused', () => {
    const pressed = press(1);
    expect(chosen(pressed)).toBe(1);
    expect(answered(pressed, 'q_1', 1, true, true)).toEqual({ ...POLL, mine: 1 });
    expect(answered(pressed, 'q_1', 1, false, true)).toEqual({ ...POLL, mine: 0 });
  });

  it('of the first of two is not marked again by its answer', () => {
    const twice = pressedOn(press(1), 'q_1', 0) as KnownPoll;
    const afterFirst = answered(twice, 'q_1', 1, true, false) as KnownPoll;
    expect(chosen(afterFirst)).toBe(0);
    expect(answered(afterFirst, 'q_1', 0, false, true)).toEqual({ ...POLL, mine: 1 });
  });

  it('says nothing of another poll', () => {
    const next = { ...POLL, id: 'q_2' };
    expect(pressedOn(next, 'q_1', 1)).toBe(next);
    expect(answered(next, 'q_1', 1, true, true)).toBe(next);
    expect(answered(null, 'q_1', 1, true, true)).toBeNull();
  });
});

describe('isReached', () => {
  const at = Date.parse(POLL.media_at!);

  it('when the playhead is where it was asked, open or not', () => {
    expect(isReached(POLL, at - 1)).toBe(false);
    expect(isReached(POLL, at)).toBe(true);
    expect(isReached(CLOSED, at - 1)).toBe(false);
    expect(isReached(CLOSED, at)).toBe(true);
  });

  it('at once without a playhead, without a program, and for who has answered', () => {
    expect(isReached(POLL, null)).toBe(true);
    expect(isReached({ ...POLL, media_at: null }, at - 40_000)).toBe(true);
    expect(isReached({ ...POLL, mine: 0 }, at - 40_000)).toBe(true);
    expect(isReached({ ...POLL, pressed: 0 }, at - 40_000)).toBe(true);
  });
});

describe('the room', () => {
  const self: Participant = {
    id: 'me',
    name: 'Me',
    role: 'viewer',
    state: 'off_stage',
    tracks: [],
  };
  const room = { id: 'demo', title: 'Demo', state: 'live', live: true } as Room;
  const welcome: Welcome = { type: 'welcome', session: 's', resumed: false, self };
  const play = (...events: RoomEvent[]) => events.reduce(reduce, EMPTY_ROOM).poll;
  const snapshot: Welcome = { ...welcome, room, participants: [self] };

  it('has the poll of a snapshot and of each event', () => {
    expect(play({ ...snapshot, poll: { ...POLL, mine: 1 } })).toEqual({ ...POLL, mine: 1 });
    expect(play({ ...snapshot, poll: POLL }, { type: 'poll', poll: CLOSED })).toEqual(CLOSED);
    expect(play(snapshot, { type: 'poll', poll: POLL }, { type: 'poll', poll: null })).toBeNull();
  });

  it('has none after a snapshot without one, and keeps it where nothing was missed', () => {
    const asked: RoomEvent = { type: 'poll', poll: POLL };
    expect(play(snapshot, asked, snapshot)).toBeNull();
    expect(play(snapshot, asked, { ...welcome, resumed: true })).toEqual(POLL);
  });
});
