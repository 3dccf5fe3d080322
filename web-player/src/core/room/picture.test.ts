import { describe, expect, it } from 'vitest';
import type { Participant, Room } from '../signal/messages.ts';
import { isHidden, isInSpotlight, withHidden, withSpotlight } from './picture.ts';
import { EMPTY_ROOM, type RoomState } from './state.ts';

const person = (id: string): Participant => ({
  id,
  name: id,
  role: 'student',
  state: 'on_stage',
  tracks: [],
});

function room(fields: Partial<Room> = {}): RoomState {
  const all: Room = {
    id: 'demo',
    title: 'Demo',
    state: 'live',
    audience: 'open',
    live: true,
    recording: false,
    layout: 'grid',
    ...fields,
  };
  return { ...EMPTY_ROOM, room: all, participants: [person('ada'), person('bob')] };
}

describe('the picture', () => {
  it('tells who leads and who is hidden, also of a server that says neither', () => {
    const state = room({ spotlight: 'ada', hidden: ['bob'] });
    expect([isInSpotlight(state, 'ada'), isInSpotlight(state, 'bob')]).toEqual([true, false]);
    expect([isHidden(state, 'ada'), isHidden(state, 'bob')]).toEqual([false, true]);
    expect(isHidden(room(), 'ada') || isInSpotlight(EMPTY_ROOM, 'ada')).toBe(false);
  });

  it('puts somebody in the spotlight, who is seen then, and back', () => {
    expect(withSpotlight('bob', true)).toEqual({ spotlight: 'bob', show: ['bob'] });
    expect(withSpotlight('bob', false)).toEqual({ spotlight: '' });
  });

  it('hides somebody, and shows them again, whoever else is hidden', () => {
    expect(withHidden(room({ hidden: ['ada'] }), 'bob', true)).toEqual({ hide: ['bob'] });
    expect(withHidden(room({ hidden: ['ada', 'bob'] }), 'bob', false)).toEqual({ show: ['bob'] });
  });

  it('takes whoever is hidden out of the spotlight', () => {
    expect(withHidden(room({ spotlight: 'bob' }), 'bob', true)).toEqual({
      spotlight: '',
      hide: ['bob'],
    });
  });
});
