import { describe, expect, it } from 'vitest';
import { Recovery, retryDelayMs } from './recovery.ts';

/** One attempt that the server refuses. */
function refuse(recovery: Recovery, nowMs: number): void {
  recovery.begun();
  recovery.ended(false, nowMs);
}

describe('Recovery', () => {
  it('gives a silent path a second to come back', () => {
    const recovery = new Recovery();
    expect(recovery.dueMs).toBe(Infinity);
    recovery.disconnected(5_000);
    expect(recovery.dueMs).toBe(6_000);
    recovery.connected();
    expect(recovery.dueMs).toBe(Infinity);
  });

  it('restarts at once when the browser gave up', () => {
    const recovery = new Recovery();
    recovery.disconnected(5_000);
    recovery.failed(5_200);
    expect(recovery.dueMs).toBe(5_200);
  });

  it('goes on after a refusal, though no new event comes, and waits longer each time', () => {
    const recovery = new Recovery();
    recovery.failed(0);
    const delays: number[] = [];
    for (let i = 0; i < 6; i++) {
      refuse(recovery, 0);
      delays.push(recovery.dueMs);
    }
    expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
  });

  it('begins with short waits again after it was connected', () => {
    const recovery = new Recovery();
    recovery.failed(0);
    refuse(recovery, 0);
    refuse(recovery, 1_000);
    recovery.connected();
    recovery.failed(60_000);
    expect(recovery.dueMs).toBe(60_000);
    refuse(recovery, 60_000);
    expect(recovery.dueMs).toBe(61_000);
  });

  it('has nothing due while an attempt is under way', () => {
    const recovery = new Recovery();
    recovery.failed(0);
    recovery.begun();
    recovery.begun();
    recovery.hurry(100);
    expect(recovery.dueMs).toBe(Infinity);
    recovery.ended(false, 200);
    expect(recovery.dueMs).toBe(Infinity);
    recovery.ended(false, 300);
    expect(recovery.dueMs).toBe(2_300);
  });

  it('lets an answered restart look for its path, unless the browser gives up first', () => {
    const recovery = new Recovery();
    recovery.failed(0);
    recovery.begun();
    recovery.ended(true, 100);
    expect(recovery.dueMs).toBe(4_100);
    recovery.failed(2_000);
    expect(recovery.dueMs).toBe(2_000);
  });

  it('does not spin when each restart fails at once, as without any network', () => {
    const recovery = new Recovery();
    recovery.failed(0);
    recovery.begun();
    recovery.ended(true, 0);
    recovery.failed(1);
    expect(recovery.dueMs).toBe(1_000);
  });

  it('tries at once when the network changed, but not twice within a second', () => {
    const recovery = new Recovery();
    recovery.failed(0);
    for (let i = 0; i < 4; i++) {
      refuse(recovery, 0);
    }
    recovery.hurry(500);
    expect(recovery.dueMs).toBe(1_000);
    recovery.hurry(3_000);
    expect(recovery.dueMs).toBe(1_000);
  });

  it('restarts once in another network, though nothing is known to be broken', () => {
    const recovery = new Recovery();
    recovery.moved(5_000);
    expect(recovery.dueMs).toBe(5_150);
    recovery.begun();
    recovery.moved(5_160);
    recovery.ended(true, 5_300);
    expect(recovery.dueMs).toBe(Infinity);
    recovery.disconnected(9_000);
    expect(recovery.dueMs).toBe(10_000);
  });

  it('keeps at it when the restart in another network is refused or the old way falls silent', () => {
    const recovery = new Recovery();
    recovery.moved(0);
    recovery.disconnected(100);
    expect(recovery.dueMs).toBe(150);
    refuse(recovery, 200);
    expect(recovery.dueMs).toBe(1_200);
    recovery.connected();
    expect(recovery.dueMs).toBe(1_200);
    recovery.begun();
    recovery.ended(true, 1_300);
    expect(recovery.dueMs).toBe(Infinity);
  });

  it('restarts not twice within a second, however often the network changes', () => {
    const recovery = new Recovery();
    recovery.moved(0);
    recovery.begun();
    recovery.ended(true, 100);
    recovery.moved(200);
    expect(recovery.dueMs).toBe(1_100);
  });

  it('leaves a path alone that works when the network changes', () => {
    const recovery = new Recovery();
    recovery.hurry(0);
    expect(recovery.dueMs).toBe(Infinity);
    recovery.disconnected(100);
    expect(recovery.dueMs).toBe(1_100);
  });
});

it('caps its waits', () => {
  expect([0, 1, 2, 3, 4, 5, 40].map(retryDelayMs)).toEqual([
    1_000, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
  ]);
});
