import { describe, expect, it } from 'vitest';
import type { ChatMessage, Participant, Room, RoomEvent } from '../signal/messages.ts';
import { visibleChat } from '../chat/playhead.ts';
import { backoffMs, retryMs } from '../net/backoff.ts';
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

const changes = (
  fields: Omit<Partial<Extract<RoomEvent, { type: 'changes' }>>, 'type'>,
): RoomEvent => ({ type: 'changes', v: 2, ...fields });

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
      changes({ participants: [person('bob'), person('eve')] }),
      changes({ participants: [{ id: 'bob', name: 'Robert' }], left: { eve: 'left' } }),
    );
    expect(state.participants.map((one) => one.name)).toEqual(['me', 'Robert']);
    expect(state.participants[1]?.tracks).toHaveLength(1);
  });

  it('knows from a snapshot who speaks', () => {
    const welcome: RoomEvent = {
      type: 'welcome',
      session: 's',
      resumed: true,
      self: person('me'),
      room: ROOM,
      participants: [person('me')],
      speaker: 'bob',
    };
    expect(play({ type: 'speaker', participant: 'me' }, welcome).speaker).toBe('bob');
  });

  it('takes a field away where the patch says null', () => {
    const state = play(
      changes({ participants: [person('bob', { state: 'requested', hand_at: '2026' })] }),
      changes({ participants: [{ id: 'bob', state: 'accepted', hand_at: null }] }),
    );
    expect(state.participants[1]).toEqual(person('bob', { state: 'accepted' }));
  });

  it('forgets who is only counted from now on, but never oneself', () => {
    const viewer = (id: string) => person(id, { role: 'viewer', state: 'requested' });
    const state = play(
      changes({ participants: [viewer('bob'), viewer('me')] }),
      changes({
        participants: [
          { id: 'bob', state: 'off_stage' },
          { id: 'me', state: 'off_stage' },
        ],
      }),
    );
    expect(state.participants.map((one) => one.id)).toEqual(['me']);
    expect(state.self?.state).toBe('off_stage');
  });

  it('changes only what is named of the room', () => {
    const { room, version } = play(changes({ v: 9, room: { viewers: 12 } }));
    expect(room).toEqual({ ...ROOM, viewers: 12 });
    expect(version).toBe(9);
  });

  it('keeps everything when a welcome brings no snapshot', () => {
    const before = play(changes({ participants: [person('bob')] }));
    const after = reduce(before, {
      type: 'welcome',
      session: 's',
      resumed: true,
      self: person('me', { state: 'off_stage' }),
      iceServers: [],
    });
    expect(after).toEqual(before);
  });

  it('keeps oneself in step with the list', () => {
    const state = play(changes({ participants: [{ id: 'me', state: 'backstage' }] }));
    expect(state.self?.state).toBe('backstage');
  });

  it('queues raised hands by their time', () => {
    const up = (id: string, hand_at: string): RoomEvent =>
      changes({ participants: [person(id, { state: 'requested', hand_at })] });
    const state = play(up('late', '2026-01-01T10:00:05Z'), up('early', '2026-01-01T10:00:01Z'));
    expect(raisedHands(state).map((one) => one.id)).toEqual(['early', 'late']);
  });

  it('receives what others show on stage and backstage, not oneself nor who only asks', () => {
    const state = play(
      changes({
        participants: [
          person('bob', { state: 'backstage' }),
          person('eve', { state: 'requested' }),
        ],
      }),
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
    expect(reduce(state, { type: 'weather' } as unknown as RoomEvent)).toBe(state);
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
  it('is anything up to a ceiling that doubles to eight seconds', () => {
    expect([0, 1, 2, 4, 20].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
      500, 1000, 2000, 8000, 8000,
    ]);
    expect(backoffMs(20, () => 0)).toBe(0);
  });

  it('comes back no sooner than the server said, and not with everybody else', () => {
    expect(retryMs(1000, () => 0)).toBe(1000);
    expect(retryMs(1000, () => 1)).toBe(2000);
    expect(retryMs(9_999_999, () => 0)).toBe(60_000);
  });
});
