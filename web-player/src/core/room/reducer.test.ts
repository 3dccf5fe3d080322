import { describe, expect, it } from 'vitest';
import type { ChatMessage, Participant, Room, RoomEvent } from '../signal/messages.ts';
import { visibleChat } from '../chat/playhead.ts';
import { backoffMs } from '../net/backoff.ts';
import { reduce } from './reducer.ts';
import { EMPTY_ROOM, raisedHands, tracksToReceive } from './state.ts';

const ROOM: Room = {
  id: 'demo',
  title: 'Demo',
  state: 'live',
  audience: 'open',
  live: true,
  recording: false,
  layout: 'speaker',
};

const person = (id: string, fields: Partial<Participant> = {}): Participant => ({
  id,
  name: id,
  role: 'student',
  state: 'on_stage',
  tracks: [{ id: `${id}-cam`, kind: 'video', source: 'camera', muted: false }],
  ...fields,
});

const message = (id: string, at: string, media_at: string | null = null): ChatMessage => ({
  id,
  from: { id: 'ada', name: 'Ada', role: 'viewer' },
  text: id,
  at,
  media_at,
});

function play(...events: RoomEvent[]) {
  const welcome: RoomEvent = {
    type: 'welcome',
    session: 's',
    resumed: false,
    self: person('me'),
    room: ROOM,
    participants: [person('me')],
  };
  return [welcome, ...events].reduce(reduce, EMPTY_ROOM);
}

describe('reduce', () => {
  it('lets people in, changes them and lets them go', () => {
    const state = play(
      { type: 'participant', participant: person('bob') },
      { type: 'participant', participant: person('eve') },
      { type: 'participant', participant: person('bob', { name: 'Robert' }) },
      { type: 'participant_left', id: 'eve' },
    );
    expect(state.participants.map((one) => one.name)).toEqual(['me', 'Robert']);
  });

  it('keeps oneself in step with the list', () => {
    const state = play({ type: 'participant', participant: person('me', { state: 'backstage' }) });
    expect(state.self?.state).toBe('backstage');
  });

  it('queues raised hands by their time', () => {
    const up = (id: string, hand_at: string): RoomEvent => ({
      type: 'participant',
      participant: person(id, { state: 'requested', hand_at }),
    });
    const state = play(up('late', '2026-01-01T10:00:05Z'), up('early', '2026-01-01T10:00:01Z'));
    expect(raisedHands(state).map((one) => one.id)).toEqual(['early', 'late']);
  });

  it('receives what others show on stage and backstage, not oneself nor who only asks', () => {
    const state = play(
      { type: 'participant', participant: person('bob', { state: 'backstage' }) },
      { type: 'participant', participant: person('eve', { state: 'requested' }) },
    );
    expect(tracksToReceive(state).map((track) => track.id)).toEqual(['bob-cam']);
  });

  it('has each chat message once, by the clock', () => {
    const state = play(
      { type: 'chat', ...message('b', '2026-01-01T10:00:02Z') },
      { type: 'chat', ...message('a', '2026-01-01T10:00:01Z') },
      { type: 'chat', ...message('b', '2026-01-01T10:00:02Z') },
    );
    expect(state.chat.map((one) => one.id)).toEqual(['a', 'b']);
  });

  it('ignores what it does not know', () => {
    const state = play();
    expect(reduce(state, { type: 'poll' } as unknown as RoomEvent)).toBe(state);
  });
});

describe('visibleChat', () => {
  const said = message('m', '2026-01-01T10:00:09Z', '2026-01-01T10:00:10Z');
  const playhead = Date.parse('2026-01-01T10:00:10Z');

  it('shows a message when the playhead reaches it', () => {
    expect(visibleChat([said], playhead - 1, 'bob')).toEqual([]);
    expect(visibleChat([said], playhead, 'bob')).toEqual([said]);
  });

  it('shows one’s own at once, and everything where nothing plays', () => {
    expect(visibleChat([said], playhead - 9999, 'ada')).toEqual([said]);
    expect(visibleChat([said], null, 'bob')).toEqual([said]);
  });
});

describe('backoffMs', () => {
  it('doubles up to eight seconds, and never is less than half of that', () => {
    expect([0, 1, 2, 20].map((attempt) => backoffMs(attempt, () => 0))).toEqual([
      125, 250, 500, 4000,
    ]);
    expect(backoffMs(20, () => 1)).toBe(8000);
  });
});
