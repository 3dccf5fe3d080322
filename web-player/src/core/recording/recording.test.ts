import { describe, expect, it } from 'vitest';
import { refusedSight, sightOf } from './sight.ts';
import { readStopped, remember, type Stopped } from './stopped.ts';

const refused = (status: number, code = '') => ({ status, code, message: 'The server said so.' });

describe('the page of a recording', () => {
  it('plays what is ready, and waits for what will be', () => {
    expect(sightOf({ state: 'ready' }).is).toBe('ready');
    expect(sightOf({ state: 'recording' }).is).toBe('coming');
    expect(sightOf({ state: 'recording', paused: true })).not.toEqual(
      sightOf({ state: 'recording' }),
    );
    expect(sightOf({ state: 'processing' }).is).toBe('coming');
  });

  it('says why there is none', () => {
    expect(sightOf({ state: 'failed', detail: 'The disk was full.' })).toMatchObject({
      is: 'closed',
      words: { text: 'The disk was full.' },
    });
  });

  it('tells an erased one from one that never was, and an old link from none', () => {
    const headings = [
      refusedSight(refused(404), true, true),
      refusedSight(refused(404), true, false),
      refusedSight(refused(401, 'expired'), true, false),
      refusedSight(refused(403), true, false),
      refusedSight(refused(401), false, false),
    ].map((sight) => sight.is === 'closed' && sight.words.heading);
    expect(headings).not.toContain(false);
    expect(new Set(headings).size).toBe(headings.length);
  });

  it('comes back by itself where only the server is away', () => {
    expect(refusedSight(refused(0, 'unreachable'), true, true).is).toBe('away');
    expect(refusedSight(refused(503), true, false).is).toBe('away');
  });
});

describe('where somebody stopped', () => {
  it('is remembered per recording, the newest first, and so many at most', () => {
    let list: readonly Stopped[] = [];
    for (let i = 0; i < 60; i++) {
      list = remember(list, `room/${i}`, 100, 1000);
    }
    list = remember(list, 'room/55', 200.7, 1000);
    expect(list).toHaveLength(50);
    expect(list[0]).toEqual({ id: 'room/55', at: 200 });
    expect(list.filter(({ id }) => id === 'room/55')).toHaveLength(1);
  });

  it('is nowhere at the beginning, and at the end', () => {
    const list = remember([], 'a', 100, 1000);
    expect(remember(list, 'a', 3, 1000)).toEqual([]);
    expect(remember(list, 'a', 995, 1000)).toEqual([]);
    expect(remember(list, 'a', 1, 20)).toEqual([]);
    expect(remember(list, 'a', 19, 20)).toEqual([]);
  });

  it('is a place in a recording of half a minute too', () => {
    expect(remember([], 'a', 12, 20)).toEqual([{ id: 'a', at: 12 }]);
  });

  it('is read from what is kept, whatever that is', () => {
    const kept = JSON.stringify([{ id: 'a', at: 5 }, { id: 1, at: 5 }, null, { id: 'b', at: -1 }]);
    expect(readStopped(kept)).toEqual([{ id: 'a', at: 5 }]);
    expect(['', '{', '{}', 'null', '7'].flatMap(readStopped)).toEqual([]);
    expect(readStopped(null)).toEqual([]);
  });
});
