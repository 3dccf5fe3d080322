import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import type { Refused } from './messages.ts';

const read = (text: string): Record<string, unknown> => JSON.parse(text);

describe('Outbox', () => {
  it('numbers commands and acknowledges what came in', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    expect(read(outbox.add('hand', { raised: true }, true))).toEqual({
      type: 'hand',
      n: 2,
      ack: 1,
      raised: true,
    });
    outbox.take({ type: 'ping', n: 2 });
    expect(read(outbox.tell('pong'))).toEqual({ type: 'pong', n: 3, ack: 2 });
  });

  it('settles the command that an answer names', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    const heard: string[] = [];
    outbox.add('chat', { text: 'a' }, true, (ok) => heard.push(`ok ${ok['id']}`));
    outbox.add('live', {}, true, undefined, (no: Refused) =>
      heard.push(`${no.code}: ${no.message}`),
    );
    outbox.take({ type: 'error', n: 2, re: 3, code: 'not_allowed', detail: 'Ask.' });
    outbox.take({ type: 'ok', n: 3, re: 2, id: 'c1' });
    expect(heard).toEqual(['not_allowed: Ask.', 'ok c1']);
  });

  it('drops a message that comes a second time', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    expect(outbox.take({ type: 'chat', n: 2 })).toBe(true);
    expect(outbox.take({ type: 'chat', n: 2 })).toBe(false);
  });

  it('sends again after a resumption only what the server never got, by its old number', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    outbox.add('chat', { text: 'got' }, true);
    outbox.add('chat', { text: 'lost' }, true);
    const again = outbox.resume(1, 2).map(read);
    expect(again.map((message) => [message['n'], message['text']])).toEqual([[3, 'lost']]);
  });

  it('runs offline commands once in a new session, and fails those of the old connection', () => {
    const outbox = new Outbox();
    const failed: string[] = [];
    outbox.add('chat', { text: 'offline' }, false);
    outbox.add('offer', { sdp: '' }, false, undefined, (reason) => failed.push(reason.code));
    const again = outbox.restart(1).map(read);
    expect(again.map((message) => [message['n'], message['type']])).toEqual([[2, 'chat']]);
    expect(failed).toEqual(['unavailable']);
    outbox.take({ type: 'ok', n: 2, re: 2, ack: 2 });
    expect(outbox.restart(1)).toEqual([]);
  });

  it('does not do again in a new session what may have happened, and says so', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    const failed: Refused[] = [];
    const keep = (reason: Refused) => failed.push(reason);
    outbox.add('chat', { text: 'sent' }, true, undefined, keep);
    outbox.add('hand', { raised: true }, true, undefined, keep);
    outbox.add('vote', { poll: 'q', option: 1 }, true, undefined, keep);
    outbox.add('poll', { question: '?', options: ['a', 'b'] }, true, undefined, keep);
    outbox.add('end', {}, false, undefined, keep);
    const again = outbox.restart(1).map(read);
    expect(again.map((message) => [message['n'], message['type']])).toEqual([
      [2, 'hand'],
      [3, 'vote'],
      [4, 'end'],
    ]);
    expect(failed.map((reason) => reason.code)).toEqual(['unknown_outcome', 'unknown_outcome']);
    expect(failed[0]?.message).toContain('may or may not have happened');
  });

  it('goes on from the number that the welcome names', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    outbox.take({ type: 'speaker', n: 2 });
    outbox.resume(300, 1);
    expect(outbox.take({ type: 'speaker', n: 300 })).toBe(false);
    expect(outbox.take({ type: 'speaker', n: 301 })).toBe(true);
  });

  it('does not let commands pile up without end', () => {
    const outbox = new Outbox();
    const failed: string[] = [];
    for (let i = 0; i < 201; i++) {
      outbox.add('chat', { text: 'x' }, false, undefined, (reason) => failed.push(reason.code));
    }
    expect(failed).toEqual(['too_many']);
  });

  it('refuses what the server would hang up for', () => {
    const outbox = new Outbox();
    const failed: string[] = [];
    outbox.add('chat', { text: 'x'.repeat(70_000) }, true, undefined, (no) => failed.push(no.code));
    expect(failed).toEqual(['too_large']);
    expect(outbox.resume(1, 0)).toEqual([]);
  });
});
