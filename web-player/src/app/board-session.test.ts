import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused, type ServerMessage } from '../core/signal/messages.ts';
import { BoardSession } from './board-session.ts';

interface Asked {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly answer: () => void;
  readonly refuse: (reason: Refused) => void;
}

describe('BoardSession', () => {
  let asked: Asked[];
  let shown: unknown[];
  let troubles: unknown[];
  let channelOpen: boolean;
  let joined: boolean;
  let board: BoardSession;

  beforeEach(() => {
    vi.useFakeTimers();
    [asked, shown, troubles, channelOpen, joined] = [[], [], [], true, true];
    board = new BoardSession({
      self: () => 'ada',
      command: (type, fields = {}) =>
        new Promise<ServerMessage>((resolve, reject) =>
          asked.push({ type, fields, answer: () => resolve({ type: 'ok' }), refuse: reject }),
        ),
      joined: () => joined,
      showCursor: (cursor) => {
        if (channelOpen) {
          shown.push(cursor);
        }
        return channelOpen;
      },
      failed: (error) => troubles.push(error),
    });
  });
  afterEach(() => vi.useRealTimers());

  const points = (): (readonly number[])[] => board.strokes.value.map((one) => one.points);
  const settle = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

  it('draws at once, and tells what was drawn in parts', async () => {
    board.down({ x: 0, y: 0 });
    board.move({ x: 0.1, y: 0 });
    board.move({ x: 0.2, y: 0 });
    expect(points()).toEqual([[0, 0]]);
    expect(board.wet.value?.points).toEqual([0.1, 0, 0.2, 0]);
    await vi.advanceTimersByTimeAsync(60);
    expect(points()).toEqual([[0, 0, 0.1, 0, 0.2, 0]]);
    expect(board.wet.value?.points).toEqual([]);
    board.up();
    expect(board.wet.value).toBeNull();
    expect(asked.map(({ fields }) => [fields['points'], fields['done']])).toEqual([
      [[0, 0], false],
      [[0.1, 0, 0.2, 0], false],
      [[], true],
    ]);
  });

  it('takes a board that comes in several messages', () => {
    const part = (points: number[], done: boolean) => [{ from: 'ben', id: '1', points, done }];
    board.handle({ type: 'board', strokes: part([0, 0], false) });
    board.handle({ type: 'board', continued: true, strokes: part([0.5, 0.5], true) });
    expect(board.strokes.value).toEqual(part([0, 0, 0.5, 0.5], true));
    board.handle({ type: 'board', strokes: [] });
    expect(board.strokes.value).toEqual([]);
  });

  it('puts what is not acknowledged on top of the server’s board, and nothing twice', async () => {
    board.down({ x: 0, y: 0 });
    board.up();
    asked[0]?.answer();
    await settle();
    const id = String(asked[0]?.fields['id']);
    const ben = { from: 'ben', id: '1', points: [0.5, 0.5], done: true };
    board.handle({
      type: 'board',
      strokes: [ben, { from: 'ada', id, points: [0, 0], done: false }],
    });
    expect(board.strokes.value).toEqual([ben, { from: 'ada', id, points: [0, 0], done: true }]);
    asked[1]?.answer();
    await settle();
    board.handle({ type: 'board', strokes: [] });
    expect(board.strokes.value).toEqual([]);
  });

  it('takes off what the server refuses, says why once, and lifts the pen', async () => {
    board.down({ x: 0, y: 0 });
    const full = new Refused('too_many', 'The board is full.', 409);
    asked[0]?.refuse(full);
    await settle();
    board.move({ x: 0.5, y: 0.5 });
    board.up();
    expect(board.strokes.value).toEqual([]);
    expect(troubles).toEqual([full]);
    expect(asked.map(({ type }) => type)).toEqual(['stroke', 'undo']);
  });

  it('undoes one’s own last stroke, here at once, and minds not when it was cleared', async () => {
    board.handle({ type: 'stroke', from: 'ben', id: '1', points: [0, 0], done: true });
    board.down({ x: 0.3, y: 0.3 });
    board.undo();
    expect(board.strokes.value.map(({ from }) => from)).toEqual(['ben']);
    expect(board.mayUndo).toBe(false);
    asked.at(-1)?.refuse(new Refused('unknown_stroke', 'You drew no stroke.', 404));
    await settle();
    expect(troubles).toEqual([]);
    board.handle({ type: 'undone', from: 'ben', id: '1' });
    expect(board.strokes.value).toEqual([]);
  });

  it('points over the channel 30 times a second, and ends where the hand ended', async () => {
    for (let i = 0; i <= 10; i++) {
      board.point({ x: i / 10, y: 0 });
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(100);
    expect(shown.length).toBeLessThanOrEqual(5);
    expect(shown.at(-1)).toEqual({ x: 1, y: 0, shown: true });
    board.point(null);
    expect(shown.at(-1)).toEqual({ x: 1, y: 0, shown: false });
    expect(board.pointers.value).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('points over the socket without a channel, less often, and not while it is away', async () => {
    channelOpen = false;
    for (let i = 0; i < 20; i++) {
      board.point({ x: i / 20, y: 0 });
      await vi.advanceTimersByTimeAsync(10);
    }
    await vi.advanceTimersByTimeAsync(200);
    expect(asked.map(({ type }) => type)).toEqual(['cursor', 'cursor', 'cursor']);
    expect(asked.at(-1)?.fields).toEqual({ x: 0.95, y: 0, shown: true });
    joined = false;
    board.point({ x: 0, y: 0 });
    await vi.advanceTimersByTimeAsync(200);
    expect(asked).toHaveLength(3);
  });

  it('forgets a pointer that says nothing more', async () => {
    board.handle({ type: 'cursor', from: 'ben', x: 0.5, y: 0.5, shown: true });
    expect(board.pointers.value).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(3_600);
    expect(board.pointers.value).toEqual([]);
  });
});
