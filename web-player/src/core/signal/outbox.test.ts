import { describe, expect, it } from 'vitest';
import { Outbox } from './outbox.ts';
import type { Refused } from './messages.ts';

const read = (text: string): Record<string, unknown> => JSON.parse(text);

describe('Outbox', () => {
  it('numbers commands and acknowledges what came in', () => {
    const outbox = new Outbox();
    outbox.restart(1);
    expect(read(outbox.add('hand', { raised: true }))).toEqual({
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
    outbox.add('chat', { text: 'a' }, (ok) => heard.push(`ok ${ok['id']}`));
    outbox.add('live', {}, undefined, (no: Refused) => heard.push(`${no.code}: ${no.message}`));
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
    outbox.add('chat', { text: 'got' });
    outbox.add('chat', { text: 'lost' });
    const again = outbox.resume(2).map(read);
    expect(again.map((message) => [message['n'], message['text']])).toEqual([[3, 'lost']]);
  });

  it('runs offline commands once in a new session, and fails those of the old connection', () => {
    const outbox = new Outbox();
    const failed: string[] = [];
    outbox.add('chat', { text: 'offline' });
    outbox.add('offer', { sdp: '' }, undefined, (reason) => failed.push(reason.code));
    const again = outbox.restart(1).map(read);
    expect(again.map((message) => [message['n'], message['type']])).toEqual([[2, 'chat']]);
    expect(failed).toEqual(['unavailable']);
    outbox.take({ type: 'ok', n: 2, re: 2, ack: 2 });
    expect(outbox.restart(1)).toEqual([]);
  });
});
