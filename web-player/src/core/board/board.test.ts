import { describe, expect, it } from 'vitest';
import type { Participant } from '../signal/messages.ts';
import { EMPTY_ROOM } from '../room/state.ts';
import { inkOf } from './ink.ts';
import { Pen } from './pen.ts';
import { fromFraction, isInside, pictureIn, toFraction } from './picture.ts';
import { fresh, pointed, POINTER_LASTS_MS } from './pointers.ts';
import { grown, lastOf, reconciled, without, type Strokes } from './strokes.ts';
import { surfaceOf } from './surface.ts';

describe('pictureIn', () => {
  it('leaves bars beside a narrow picture and above a wide one', () => {
    const box = { width: 160, height: 90 };
    expect(pictureIn(box, { width: 400, height: 300 })).toEqual({
      x: 20,
      y: 0,
      width: 120,
      height: 90,
    });
    expect(pictureIn(box, { width: 320, height: 90 })).toEqual({
      x: 0,
      y: 22.5,
      width: 160,
      height: 45,
    });
  });

  it('gives the same place of the picture in boxes of any shape', () => {
    const picture = { width: 400, height: 300 };
    const desk = pictureIn({ width: 1280, height: 720 }, picture);
    const phone = pictureIn({ width: 390, height: 700 }, picture);
    const there = toFraction({ x: desk.x + desk.width / 4, y: desk.y + desk.height / 2 }, desk);
    expect(there).toEqual({ x: 0.25, y: 0.5 });
    expect(fromFraction(there, phone)).toEqual({
      x: phone.x + phone.width / 4,
      y: phone.y + phone.height / 2,
    });
  });

  it('holds what is outside to the edge', () => {
    const picture = { x: 20, y: 0, width: 120, height: 90 };
    expect(toFraction({ x: 0, y: 100 }, picture)).toEqual({ x: 0, y: 1 });
    expect(isInside({ x: 19, y: 10 }, picture)).toBe(false);
    expect(isInside({ x: 20, y: 10 }, picture)).toBe(true);
    expect(toFraction({ x: 5, y: 5 }, { x: 0, y: 0, width: 0, height: 0 })).toEqual({ x: 0, y: 0 });
  });
});

describe('Pen', () => {
  it('drops points that nobody could tell apart, and keeps where it ended', () => {
    const pen = new Pen();
    pen.down('a', { x: 0.1, y: 0.1 });
    for (let i = 1; i <= 15; i++) {
      pen.move({ x: 0.1 + i * 0.0003, y: 0.1 });
    }
    expect(pen.up()).toEqual([
      { id: 'a', points: [0.1, 0.1, 0.1021, 0.1, 0.1042, 0.1, 0.1045, 0.1], done: true },
    ]);
    expect(pen.drawing).toBe(false);
  });

  it('tells each point once, in parts', () => {
    const pen = new Pen();
    pen.down('a', { x: 0, y: 0 });
    expect(pen.part()).toEqual({ id: 'a', points: [0, 0], done: false });
    expect(pen.part()).toBeNull();
    pen.move({ x: 0.5, y: 0.5 });
    expect(pen.wet).toEqual([0.5, 0.5]);
    expect(pen.up()).toEqual([{ id: 'a', points: [0.5, 0.5], done: true }]);
    expect(pen.up()).toEqual([]);
  });

  it('ends a stroke of which everything was told already', () => {
    const pen = new Pen();
    pen.down('a', { x: 0, y: 0 });
    pen.part();
    expect(pen.up()).toEqual([{ id: 'a', points: [], done: true }]);
  });

  it('keeps within what the node takes at once, and in one stroke', () => {
    const pen = new Pen();
    pen.down('a', { x: 0, y: 0 });
    for (let i = 0; i < 5_000; i++) {
      pen.move({ x: (i % 100) / 100, y: Math.floor(i / 100) / 100 });
    }
    const parts = pen.up();
    expect(parts.every(({ points }) => points.length <= 512)).toBe(true);
    expect(parts.flatMap(({ points }) => points)).toHaveLength(4_000);
    expect(parts.map(({ done }) => done).indexOf(true)).toBe(parts.length - 1);
  });

  it('ignores a move while it is up', () => {
    const pen = new Pen();
    pen.move({ x: 1, y: 1 });
    expect(pen.part()).toBeNull();
  });
});

describe('strokes', () => {
  const part = (id: string, points: number[], done = false) => ({ id, points, done });

  it('grow by their parts, each author for itself', () => {
    let strokes: Strokes = [];
    strokes = grown(strokes, 'ada', part('1', [0, 0]));
    strokes = grown(strokes, 'ben', part('1', [0.5, 0.5], true));
    strokes = grown(strokes, 'ada', part('1', [0.1, 0.1], true));
    expect(strokes).toEqual([
      { from: 'ada', id: '1', points: [0, 0, 0.1, 0.1], done: true },
      { from: 'ben', id: '1', points: [0.5, 0.5], done: true },
    ]);
    expect(lastOf(strokes, 'ada')?.id).toBe('1');
    expect(without(strokes, 'ada', '1').map(({ from }) => from)).toEqual(['ben']);
    expect(without(strokes, 'cleo', '1')).toBe(strokes);
  });

  it('do not grow without end', () => {
    let strokes: Strokes = [];
    for (let i = 0; i < 2_100; i++) {
      strokes = grown(strokes, 'ada', part(`${i}`, [0, 0], true));
    }
    expect(strokes).toHaveLength(2_000);
  });

  it('become what the server keeps, and what it has not taken in yet on top', () => {
    const kept: Strokes = [
      { from: 'cleo', id: '1', points: [1, 1], done: true },
      { from: 'ada', id: '2', points: [0, 0], done: false },
    ];
    const pending = [part('2', [0.1, 0.1], true), part('3', [0.5, 0.5])];
    expect(reconciled(kept, 'ada', pending)).toEqual([
      kept[0],
      { from: 'ada', id: '2', points: [0, 0, 0.1, 0.1], done: true },
      { from: 'ada', id: '3', points: [0.5, 0.5], done: false },
    ]);
    expect(reconciled(kept, 'ada', [])).toEqual(kept);
    expect(reconciled([], 'ada', [])).toEqual([]);
  });
});

describe('pointers', () => {
  const at = (from: string, shown = true) => ({ from, x: 0.5, y: 0.5, shown });

  it('are one for each person, and go when they are hidden', () => {
    let pointers = pointed([], at('ada'), 0);
    const { turn } = pointers[0]!;
    pointers = pointed(pointers, { ...at('ada'), x: 0.6 }, 10);
    expect(pointers[0]?.turn).not.toBe(turn);
    pointers = pointed(pointers, at('ben'), 20);
    expect(pointers.map(({ from, x }) => [from, x])).toEqual([
      ['ada', 0.6],
      ['ben', 0.5],
    ]);
    expect(pointed(pointers, at('ada', false), 30).map(({ from }) => from)).toEqual(['ben']);
  });

  it('go by themselves when nothing more is heard', () => {
    const pointers = pointed(pointed([], at('ada'), 0), at('ben'), 1_000);
    expect(fresh(pointers, 1_000)).toBe(pointers);
    expect(fresh(pointers, POINTER_LASTS_MS).map(({ from }) => from)).toEqual(['ben']);
  });
});

describe('surfaceOf', () => {
  const person = (id: string, role: Participant['role'], ...sources: string[]): Participant => ({
    id,
    name: id,
    role,
    state: 'on_stage',
    tracks: sources.map((source) => ({
      id: `${id}-${source}`,
      kind: 'video',
      source: source.replace('!', '') as 'camera',
      muted: source.endsWith('!'),
    })),
  });
  const surface = (...participants: Participant[]) => {
    const { kind, person: whose } = surfaceOf({ ...EMPTY_ROOM, participants });
    return `${kind} of ${whose?.id ?? 'nobody'}`;
  };

  it('is a shared screen before a camera, the teacher’s before a student’s', () => {
    const teacher = person('zoe', 'instructor', 'camera', 'screen');
    const student = person('ben', 'student', 'camera', 'screen');
    expect(surface(student, teacher)).toBe('screen of zoe');
    expect(surface(student, person('zoe', 'instructor', 'camera'))).toBe('screen of ben');
  });

  it('is the same for everybody, in whatever order they came to know of people', () => {
    const [a, b] = [person('a', 'student', 'screen'), person('b', 'student', 'screen')];
    expect(surface(a, b)).toBe(surface(b, a));
  });

  it('is the teacher’s camera without a screen, and a sheet without both', () => {
    const student = person('ben', 'student', 'camera');
    expect(surface(student, person('zoe', 'instructor', 'camera', 'screen!'))).toBe(
      'camera of zoe',
    );
    expect(surface(student, person('zoe', 'instructor', 'camera!'))).toBe('sheet of nobody');
  });

  it('has nothing from those who are not on stage', () => {
    expect(surface({ ...person('ben', 'student', 'screen'), state: 'backstage' })).toBe(
      'sheet of nobody',
    );
  });
});

describe('inkOf', () => {
  it('is a person’s own, on every page', () => {
    expect(inkOf('ada')).toBe(inkOf('ada'));
    expect(inkOf('ada')).toMatch(/^#[0-9a-f]{6}$/);
    expect(new Set(['ada', 'ben', 'cleo', 'dora'].map(inkOf)).size).toBeGreaterThan(1);
  });
});
