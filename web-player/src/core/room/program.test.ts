import { describe, expect, it } from 'vitest';
import type { Participant, ProgramNotice, Room, Welcome } from '../signal/messages.ts';
import { ownTroubles, recovered, restarted, troubles } from './program.ts';
import { reduce } from './reducer.ts';
import { EMPTY_ROOM, type RoomState } from './state.ts';

const ROOM: Room = {
  id: 'demo',
  title: 'Demo',
  state: 'live',
  audience: 'open',
  live: true,
  recording: false,
  layout: 'auto',
};
const ADA: Participant = {
  id: 'ada',
  name: 'Ada',
  role: 'instructor',
  state: 'on_stage',
  tracks: [],
};
const BEN: Participant = {
  id: 'ben',
  name: 'Ben',
  role: 'student',
  state: 'on_stage',
  tracks: [{ id: 't7', kind: 'video', source: 'camera', muted: false }],
};
const WELCOME: Welcome = {
  type: 'welcome',
  session: 's',
  resumed: false,
  self: ADA,
  v: 1,
  room: ROOM,
  participants: [ADA, BEN],
};
const WELL = reduce(EMPTY_ROOM, WELCOME);

/** The room after the server said this of its program. */
function told(before: RoomState, program: ProgramNotice | null): RoomState {
  return reduce(before, { type: 'changes', v: before.version + 1, room: { program } });
}

const busy = (without: ProgramNotice['without']): ProgramNotice => ({ without, shut_out: [] });
const BEN_OUT: ProgramNotice = { without: '', shut_out: ['t7'] };

describe('what the teacher is told of the program', () => {
  it('is nothing while all is well', () => {
    expect(troubles(WELL)).toEqual([]);
    expect(recovered(WELL, WELL)).toEqual([]);
  });

  it('says what a busy machine gives up, and always that the sound is not affected', () => {
    const words = (['frame_rate', 'preset', 'resolution', 'student_video'] as const).map(
      (step) => troubles(told(WELL, busy(step)))[0],
    );
    expect(words[0]).toBe(
      'The machine is busy: the picture is drawn 15 times a second. The sound is not affected.',
    );
    expect(new Set(words).size).toBe(4);
    expect(words.every((word) => word?.endsWith('The sound is not affected.'))).toBe(true);
  });

  it('says whose source was shut out', () => {
    expect(troubles(told(WELL, BEN_OUT))[0]).toMatch(/^Ben’s camera was shut out of the program/);
  });

  it('leaves out a source of somebody who is gone, and a word that it does not know', () => {
    expect(troubles(told(WELL, { without: '', shut_out: ['t8'] }))).toEqual([]);
    expect(troubles(told(WELL, busy('colour' as never)))).toEqual([]);
  });

  it('says that a page was shut out and what helps, and when the slides are back', () => {
    const out = told(WELL, { without: '', shut_out: ['~slides', '~sheet'] });
    expect(troubles(out)).toEqual([
      'This page was shut out of the program, which it made fail again and again. Turn to another page.',
      'The sheet was shut out of the program, which it made fail again and again. Clear it to draw on it again.',
    ]);
    expect(recovered(out, told(out, null))).toEqual([
      'The slides are not shut out of the program any more.',
      'The sheet is not shut out of the program any more.',
    ]);
  });

  it('says when the machine has caught up, but not from step to step', () => {
    const worse = told(WELL, busy('preset'));
    const better = told(worse, busy('frame_rate'));
    expect(recovered(worse, better)).toEqual([]);
    expect(recovered(better, told(better, null))).toEqual([
      'The machine has caught up: the picture is whole again.',
    ]);
  });

  it('says when somebody is let in again, but not when they went', () => {
    const out = told(WELL, BEN_OUT);
    const gone = reduce(out, {
      type: 'changes',
      v: 3,
      room: { program: null },
      left: { ben: 'left' },
    });
    expect(recovered(out, gone)).toEqual([]);
    expect(recovered(out, told(out, null))).toEqual([
      'Ben’s camera is not shut out of the program any more.',
    ]);
  });

  it('says each time that the program had to be started again, but not to newcomers', () => {
    const once = told(WELL, { ...busy(''), restarts: 1 });
    expect(troubles(once)).toEqual([]);
    expect(restarted(WELL, once)).toMatch(/^The program stopped and was started again/);
    expect(restarted(once, once)).toBe('');
    expect(restarted(once, told(once, { ...busy(''), restarts: 2 }))).not.toBe('');
    expect(restarted(EMPTY_ROOM, once)).toBe('');
    expect(restarted(once, told(once, null))).toBe('');
  });

  it('says whose picture rests and what helps, also to them, and when it is back', () => {
    const rests = told(WELL, { without: '', shut_out: [], resting: ['t7'] });
    expect(troubles(rests)).toEqual([
      'Ben’s camera rests in the program: its pictures take more work than there is time for. The audience sees initials for now; the sound is not affected. A smaller picture helps.',
    ]);
    expect(ownTroubles(rests)).toEqual([]);
    expect(recovered(rests, told(rests, null))).toEqual(['Ben’s camera is in the program again.']);

    const asBen = { ...rests, self: BEN };
    expect(ownTroubles(asBen)[0]).toMatch(/^Your camera rests in the program/);
    expect(recovered(asBen, { ...told(rests, null), self: BEN })).toEqual([
      'Your camera is in the program again.',
    ]);
    expect(recovered(rests, told(rests, BEN_OUT))).toEqual([]);
  });

  it('says that a share that rests keeps its last picture', () => {
    const share = { id: 't8', kind: 'video', source: 'screen', muted: false } as const;
    const sharing = { ...ADA, tracks: [share] };
    const rests = {
      ...told(WELL, { without: '', shut_out: [], resting: ['t8'] }),
      self: sharing,
      participants: [sharing, BEN],
    };
    expect(ownTroubles(rests)[0]).toMatch(/^Your screen rests .* sees its last picture for now/);
  });

  it('says nothing of a program that is over', () => {
    const out = told(WELL, busy('preset'));
    const ended = reduce(out, { type: 'changes', v: 3, room: { program: null, live: false } });
    expect(recovered(out, ended)).toEqual([]);
  });
});
