import { Pen } from '../core/board/pen.ts';
import type { Point } from '../core/board/picture.ts';
import { fresh, pointed, type CursorSeen, type Pointer } from '../core/board/pointers.ts';
import {
  grown,
  lastOf,
  reconciled,
  without,
  type StrokePart,
  type Strokes,
} from '../core/board/strokes.ts';
import { Refused, type RoomEvent, type ServerMessage } from '../core/signal/messages.ts';
import { Store } from '../core/store.ts';

/** A hand's movement, smooth to the eye; the node takes 600 gestures in 5 s. */
const PART_EVERY_MS = 60;
const CURSOR_EVERY_MS = 33;
/** Over the socket cursors stand in line with everything else, so that there are fewer. */
const CURSOR_ON_SOCKET_EVERY_MS = 100;
const LOOK_AT_POINTERS_EVERY_MS = 500;

export interface BoardLink {
  readonly self: () => string;
  readonly command: (
    type: string,
    fields?: Readonly<Record<string, unknown>>,
  ) => Promise<ServerMessage>;
  /** Whether the socket is there at the moment. */
  readonly joined: () => boolean;
  /** Over the data channel; false where there is none. */
  readonly showCursor: (cursor: Omit<CursorSeen, 'from'>) => boolean;
  readonly failed: (error: unknown) => void;
}

/**
 * The class's board as one participant sees it: one's own strokes at once and then as the server
 * has them, everybody's strokes and pointers.
 */
export class BoardSession {
  readonly strokes = new Store<Strokes>([]);
  readonly pointers = new Store<readonly Pointer[]>([]);
  /** One's own stroke that grows, ahead of what was told of it; null when the pen is up. */
  readonly wet = new Store<StrokePart | null>(null);
  readonly #link: BoardLink;
  readonly #pen = new Pen();
  /** Parts that are on their way, in order. */
  readonly #pending = new Set<StrokePart>();
  /** Tells this visit's strokes from those of an earlier one. */
  readonly #visit = crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36);
  /** What the board's messages have told so far. */
  #kept: Strokes = [];
  #count = 0;
  #flush: ReturnType<typeof setTimeout> | undefined;
  #sweep: ReturnType<typeof setTimeout> | undefined;
  #cursorAt = -Infinity;
  #cursorLate: ReturnType<typeof setTimeout> | undefined;

  constructor(link: BoardLink) {
    this.#link = link;
  }

  /** What the server, or the data channel, says. */
  handle(event: RoomEvent | (CursorSeen & { readonly type: 'cursor' })): void {
    const strokes = this.strokes.value;
    switch (event.type) {
      case 'welcome':
        // A snapshot is followed by the board, unless that is empty.
        if (event.room) {
          this.strokes.set(reconciled([], event.self.id, [...this.#pending]));
        }
        break;
      case 'board':
        this.#kept = event.strokes.reduce<Strokes>(
          (kept, part) => grown(kept, part.from, part),
          event.continued ? this.#kept : [],
        );
        this.strokes.set(reconciled(this.#kept, this.#link.self(), [...this.#pending]));
        break;
      case 'stroke':
        this.strokes.set(grown(strokes, event.from, event));
        break;
      case 'undone':
        this.strokes.set(without(strokes, event.from, event.id));
        break;
      case 'cursor':
        this.pointers.set(pointed(this.pointers.value, event, performance.now()));
        this.#sweepSoon();
        break;
      default:
    }
  }

  /** Whether there is something of one's own to undo. */
  get mayUndo(): boolean {
    return lastOf(this.strokes.value, this.#link.self()) !== undefined;
  }

  down(at: Point): void {
    this.up();
    this.#pen.down(`${this.#visit}-${++this.#count}`, at);
    this.#tell();
  }

  move(at: Point): void {
    if (this.#pen.drawing) {
      this.#pen.move(at);
      this.#flush ??= setTimeout(() => this.#tell(), PART_EVERY_MS);
      this.#showWet();
    }
  }

  up(): void {
    clearTimeout(this.#flush);
    this.#flush = undefined;
    this.#pen.up().forEach((part) => this.#send(part));
    this.#showWet();
  }

  /** Takes one's own last stroke away, here at once. */
  undo(): void {
    this.up();
    const self = this.#link.self();
    const last = lastOf(this.strokes.value, self);
    if (last) {
      this.strokes.set(without(this.strokes.value, self, last.id));
      this.#ask('undo', { id: last.id });
    }
  }

  /** Takes everybody's strokes away; for those who moderate. */
  clear(): void {
    this.up();
    this.#ask('clear');
  }

  /** Points; null when one points at nothing any more. */
  point(at: Point | null): void {
    clearTimeout(this.#cursorLate);
    const self = this.#link.self();
    const last = this.pointers.value.find(({ from }) => from === self);
    if (at === null && !last) {
      return;
    }
    const cursor = { x: at?.x ?? last?.x ?? 0, y: at?.y ?? last?.y ?? 0, shown: at !== null };
    this.handle({ type: 'cursor', from: self, ...cursor });
    this.#showCursor(cursor);
  }

  /** At most so often, and always the last place: it is there that the pointer rests. */
  #showCursor(cursor: Omit<CursorSeen, 'from'>): void {
    const sinceMs = performance.now() - this.#cursorAt;
    const later = (everyMs: number): boolean => {
      if (!cursor.shown || sinceMs >= everyMs) {
        return false;
      }
      this.#cursorLate = setTimeout(() => this.#showCursor(cursor), everyMs - sinceMs);
      return true;
    };
    if (later(CURSOR_EVERY_MS)) {
      return;
    }
    if (!this.#link.showCursor(cursor)) {
      // Kept for a link that comes back it would be wrong.
      if (!this.#link.joined() || later(CURSOR_ON_SOCKET_EVERY_MS)) {
        return;
      }
      this.#link.command('cursor', { ...cursor }).catch(() => undefined); // The next may do.
    }
    this.#cursorAt = performance.now();
  }

  #tell(): void {
    this.#flush = undefined;
    const part = this.#pen.part();
    if (part) {
      this.#send(part);
    }
    this.#showWet();
  }

  #showWet(): void {
    const { id, wet } = this.#pen;
    this.wet.set(id ? { id, points: [...wet], done: false } : null);
  }

  #send(part: StrokePart): void {
    this.strokes.set(grown(this.strokes.value, this.#link.self(), part));
    this.#pending.add(part);
    this.#link.command('stroke', { ...part }).then(
      () => this.#pending.delete(part),
      (refused: unknown) => {
        this.#pending.delete(part);
        this.#refused(part.id, refused);
      },
    );
  }

  /** What the others do not see is not shown here either. */
  #refused(id: string, refused: unknown): void {
    if (this.#pen.id === id) {
      this.#pen.up();
      this.#showWet();
    }
    const self = this.#link.self();
    const whole = this.strokes.value;
    this.strokes.set(without(whole, self, id));
    if (whole !== this.strokes.value) {
      this.#link.failed(refused);
      this.#link.command('undo', { id }).catch(() => undefined); // Nothing of it may be there.
    }
  }

  #ask(type: string, fields: Readonly<Record<string, unknown>> = {}): void {
    this.#link.command(type, fields).catch((refused: unknown) => {
      if (!(refused instanceof Refused && refused.status === 404)) {
        this.#link.failed(refused); // A stroke that is gone already was cleared by somebody.
      }
    });
  }

  #sweepSoon(): void {
    this.#sweep ??= setTimeout(() => {
      this.#sweep = undefined;
      this.pointers.set(fresh(this.pointers.value, performance.now()));
      if (this.pointers.value.length > 0) {
        this.#sweepSoon();
      }
    }, LOOK_AT_POINTERS_EVERY_MS);
  }
}
