import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SignalClient, type Socket, type SocketListener } from './client.ts';
import type { RoomEvent } from './messages.ts';

/** One server end of a socket, moved by the test. */
class Line implements Socket {
  readonly sent: Record<string, unknown>[] = [];
  closed = false;
  constructor(readonly listener: SocketListener) {}
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.closed = true;
  }
  say(message: Record<string, unknown>): void {
    this.listener.received(JSON.stringify(message));
  }
}

const ADA = { id: 'ada', name: 'Ada', role: 'viewer', state: 'off_stage', tracks: [] };
const ROOM = { id: 'demo', title: 'Demo', state: 'live', live: true, layout: 'speaker' };

function welcome(fields: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    type: 'welcome',
    n: 1,
    re: 1,
    session: 's_1',
    resumed: false,
    self: ADA,
    room: ROOM,
    participants: [],
    ...fields,
  };
}

describe('SignalClient', () => {
  let lines: Line[];
  let events: RoomEvent[];
  let client: SignalClient;
  let onStage: boolean;
  const line = (): Line => lines[lines.length - 1]!;

  beforeEach(() => {
    vi.useFakeTimers();
    lines = [];
    events = [];
    onStage = false;
    client = new SignalClient({
      room: 'demo',
      credentials: () => ({ token: 't' }),
      connect: (listener) => {
        const made = new Line(listener);
        lines.push(made);
        return made;
      },
      random: () => 0.5,
      onStage: () => onStage,
      onEvent: (event) => events.push(event),
      onJoined: () => {},
    });
    client.start();
  });

  function join(): void {
    line().listener.opened();
    line().say(welcome());
  }

  it('says hello first, and is open once it is welcome', () => {
    line().listener.opened();
    expect(line().sent).toEqual([{ type: 'hello', n: 1, room: 'demo', token: 't' }]);
    line().say(welcome());
    expect(client.status.value.state).toBe('joined');
    expect(events.map((event) => event.type)).toEqual(['welcome']);
  });

  it('keeps a command until it is welcome', () => {
    void client.command('hand', { raised: true });
    join();
    expect(line().sent.map((message) => [message['type'], message['n']])).toEqual([
      ['hello', 1],
      ['hand', 2],
    ]);
  });

  it('answers a ping', () => {
    join();
    line().say({ type: 'ping', n: 2 });
    expect(line().sent.at(-1)).toEqual({ type: 'pong', n: 2, ack: 2 });
  });

  it('comes back after a lost socket and resumes its session', () => {
    join();
    line().say({ type: 'speaker', n: 2, participant: 'ada' });
    void client.command('chat', { text: 'lost on the way' });
    line().listener.closed(1006, '');
    expect(client.status.value).toMatchObject({ state: 'reconnecting' });
    vi.advanceTimersByTime(250);
    line().listener.opened();
    expect(line().sent[0]).toMatchObject({ resume: { session: 's_1', last: 2 } });
    line().say(welcome({ n: 2, resumed: true, ack: 1 }));
    line().say({ type: 'speaker', n: 3, participant: '' });
    expect(events.at(-1)).toMatchObject({ type: 'speaker', participant: '' });
    expect(line().sent.at(-1)).toMatchObject({ type: 'chat', n: 2, text: 'lost on the way' });
  });

  it('waits longer after each failure, and tries at once when the network is back', () => {
    line().listener.closed(1006, '');
    vi.advanceTimersByTime(250);
    expect(lines).toHaveLength(2);
    line().listener.closed(1006, '');
    vi.advanceTimersByTime(250);
    expect(lines).toHaveLength(2);
    client.hurry();
    expect(lines).toHaveLength(3);
  });

  it('lets nobody on stage wait for long, however long the server has been away', () => {
    const waits: number[] = [];
    for (let attempt = 0; attempt < 7; attempt++) {
      onStage = attempt < 5;
      line().listener.closed(1006, '');
      const before = lines.length;
      const since = Date.now();
      vi.advanceTimersToNextTimer();
      expect(lines).toHaveLength(before + 1);
      waits.push(Date.now() - since);
    }
    expect(waits).toEqual([250, 500, 1_000, 1_000, 1_000, 4_000, 4_000]);
  });

  it('gives up a socket that opens on a dead network when the network is back', () => {
    const dead = line();
    vi.advanceTimersByTime(999);
    client.hurry();
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    client.hurry();
    client.hurry();
    expect(lines).toHaveLength(2);
    expect(dead.closed).toBe(true);
    join();
    expect(client.status.value.state).toBe('joined');
  });

  it('gives up a socket whose hello stays unanswered when the network is back', () => {
    join();
    line().listener.closed(1006, '');
    vi.advanceTimersByTime(250);
    line().listener.opened();
    client.hurry();
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    client.hurry();
    expect(lines).toHaveLength(3);
    expect(client.status.value.state).toBe('reconnecting');
  });

  it('ends with the server’s words when it is not admitted', async () => {
    const command = client.command('hand', { raised: true });
    line().listener.opened();
    line().say({ type: 'error', n: 1, re: 1, code: 'expired', detail: 'The link is too old.' });
    line().listener.closed(4001, '');
    expect(client.status.value).toMatchObject({
      state: 'closed',
      code: 'expired',
      reason: 'The link is too old.',
    });
    await expect(command).rejects.toThrow('The link is too old.');
    vi.advanceTimersByTime(60_000);
    expect(lines).toHaveLength(1);
  });

  it('does not listen to a socket that it gave up', () => {
    const first = line();
    vi.advanceTimersByTime(10_000);
    expect(first.closed).toBe(true);
    vi.advanceTimersByTime(250);
    first.listener.opened();
    first.say(welcome());
    expect(client.status.value.state).toBe('connecting');
  });

  it('comes back when the server says, not before', () => {
    join();
    line().say({ type: 'closing', n: 2, code: 1012, detail: 'Restart.', retry_after_ms: 2000 });
    line().listener.closed(1012, 'Restart.');
    vi.advanceTimersByTime(2_999);
    expect(lines).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(2);
  });

  it('names a final close by its own word, and not by its number', () => {
    join();
    line().say({ type: 'closing', n: 2, code: 4003, detail: 'A teacher removed you.' });
    line().listener.closed(4003, '');
    expect(client.status.value).toEqual({
      state: 'closed',
      code: 'removed',
      reason: 'A teacher removed you.',
    });
  });

  it('asks a silent line for a sign of life, and leaves a dead one', () => {
    join();
    vi.advanceTimersByTime(19_999);
    line().say({ type: 'speaker', n: 2, participant: '' });
    vi.advanceTimersByTime(19_999);
    expect(line().sent.map((message) => message['type'])).toEqual(['hello']);
    vi.advanceTimersByTime(1);
    expect(line().sent.at(-1)).toMatchObject({ type: 'ping' });
    expect(client.status.value.state).toBe('joined');
    vi.advanceTimersByTime(4_000);
    expect(client.status.value.state).toBe('reconnecting');
    expect(lines[0]?.closed).toBe(true);
  });

  it('makes sure at once that the link lives when the network changed', () => {
    join();
    client.hurry();
    expect(line().sent.at(-1)).toMatchObject({ type: 'ping', n: 2 });
    line().say({ type: 'ok', n: 2, re: 2 });
    vi.advanceTimersByTime(10_000);
    expect(client.status.value.state).toBe('joined');
  });

  it('does not hammer a server that lets it in and hangs up at once', () => {
    join();
    line().listener.closed(1006, '');
    vi.advanceTimersByTime(250);
    join();
    line().listener.closed(1006, '');
    vi.advanceTimersByTime(499);
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(lines).toHaveLength(3);
  });

  it('is patient with a class that it knows and the server not yet', () => {
    join();
    line().listener.closed(1006, '');
    vi.advanceTimersByTime(250);
    line().listener.opened();
    line().say({ type: 'error', n: 1, re: 1, code: 'unknown_room', detail: 'There is no room.' });
    line().listener.closed(4001, '');
    expect(client.status.value.state).toBe('reconnecting');
    for (let i = 0; i < 20 && client.status.value.state !== 'closed'; i++) {
      vi.advanceTimersByTime(8_000);
      line().listener.opened();
      line().say({ type: 'error', n: 1, re: 1, code: 'unknown_room', detail: 'There is no room.' });
      line().listener.closed(4001, '');
    }
    expect(client.status.value).toMatchObject({ state: 'closed', code: 'unknown_room' });
  });
});
