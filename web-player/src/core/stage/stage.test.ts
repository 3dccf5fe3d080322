import { describe, expect, it } from 'vitest';
import { createActor } from 'xstate';
import { stageMachine } from './machine.ts';
import { planSlots, type Slot } from './slots.ts';

const slot = (mid: string, kind: 'audio' | 'video', track: string | null): Slot => ({
  mid,
  kind,
  track,
});

describe('planSlots', () => {
  it('leaves a track where it is shown', () => {
    expect(planSlots([slot('0', 'video', 'a')], [{ id: 'a', kind: 'video' }])).toEqual({
      changes: [],
      missing: [],
    });
  });

  it('gives the slot of one who left to the next of its kind', () => {
    const slots = [slot('0', 'audio', 'gone-sound'), slot('1', 'video', 'gone')];
    expect(planSlots(slots, [{ id: 'b', kind: 'video' }])).toEqual({
      changes: [
        { mid: '0', track: null },
        { mid: '1', track: 'b' },
      ],
      missing: [],
    });
  });

  it('asks for slots only for what does not fit', () => {
    const wanted = ['a', 'b', 'c'].map((id) => ({ id, kind: 'video' as const }));
    const plan = planSlots([slot('0', 'video', 'b'), slot('1', 'video', null)], wanted);
    expect(plan.changes).toEqual([{ mid: '1', track: 'a' }]);
    expect(plan.missing.map((track) => track.id)).toEqual(['c']);
  });
});

describe('stageMachine', () => {
  it('leads from a raised hand through preview and consent to the stage and back', () => {
    const actor = createActor(stageMachine).start();
    const seen: string[] = [];
    actor.subscribe((snapshot) => seen.push(JSON.stringify(snapshot.value)));
    actor.send({ type: 'SERVER', state: 'requested' });
    actor.send({ type: 'SERVER', state: 'accepted' });
    actor.send({ type: 'PREVIEW_OK' });
    actor.send({ type: 'SERVER', state: 'accepted' });
    actor.send({ type: 'CONSENT', given: true });
    actor.send({ type: 'ANSWERED' });
    actor.send({ type: 'SERVER', state: 'backstage' });
    actor.send({ type: 'SERVER', state: 'on_stage' });
    actor.send({ type: 'SERVER', state: 'off_stage' });
    expect(seen).toEqual([
      '"requested"',
      '{"accepted":"preview"}',
      '{"accepted":"consent"}',
      '{"accepted":"consent"}',
      '{"accepted":"joining"}',
      '{"accepted":"waiting"}',
      '"backstage"',
      '"onStage"',
      '"offStage"',
    ]);
  });

  it('lets nobody consent before they have seen themselves', () => {
    const actor = createActor(stageMachine).start();
    actor.send({ type: 'SERVER', state: 'accepted' });
    actor.send({ type: 'CONSENT', given: true });
    expect(actor.getSnapshot().value).toEqual({ accepted: 'preview' });
  });

  it('leads both answers to the stage and knows the last one', () => {
    const actor = createActor(stageMachine).start();
    expect(actor.getSnapshot().context.given).toBeNull();
    actor.send({ type: 'SERVER', state: 'accepted' });
    actor.send({ type: 'CONSENT', given: true });
    expect(actor.getSnapshot().context.given).toBeNull();
    actor.send({ type: 'PREVIEW_OK' });
    actor.send({ type: 'CONSENT', given: false });
    expect(actor.getSnapshot().value).toEqual({ accepted: 'joining' });
    expect(actor.getSnapshot().context.given).toBe(false);
    actor.send({ type: 'FAILED' });
    actor.send({ type: 'CONSENT', given: true });
    expect(actor.getSnapshot().context.given).toBe(true);
  });

  it('can try again when joining failed', () => {
    const actor = createActor(stageMachine).start();
    actor.send({ type: 'SERVER', state: 'accepted' });
    actor.send({ type: 'PREVIEW_OK' });
    actor.send({ type: 'CONSENT', given: true });
    actor.send({ type: 'FAILED' });
    actor.send({ type: 'CONSENT', given: true });
    expect(actor.getSnapshot().value).toEqual({ accepted: 'joining' });
  });
});
