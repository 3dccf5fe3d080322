import type { Point } from './picture.ts';
import type { StrokePart } from './strokes.ts';

/** Closer points than this are not told apart on a screen; fractions of the picture. */
const NEAREST = 0.002;

/** The node's own steps: what is drawn here is to the digit what the others draw. */
const STEPS = 10_000;

/** Points in one message; the node takes 256. */
const MOST_IN_PART = 200;

/** Points in one stroke, so that one long scribble cannot fill the class's board. */
const MOST_IN_STROKE = 2_000;

/** Makes of a moving pen the parts of strokes that are told (sans I/O): few points, no doubles. */
export class Pen {
  #id = '';
  #last: Point | null = null;
  #tip: Point | null = null;
  #count = 0;
  #unsent: number[] = [];

  get drawing(): boolean {
    return this.#id !== '';
  }

  /** The stroke that is being drawn; empty when the pen is up. */
  get id(): string {
    return this.#id;
  }

  /** What was drawn and not told yet, x and y in turn. */
  get wet(): readonly number[] {
    return this.#unsent;
  }

  /** @param id of the stroke that begins; nobody else's business but unique among one's own */
  down(id: string, at: Point): void {
    this.#id = id;
    this.#last = null;
    this.#tip = null;
    this.#count = 0;
    this.#unsent = [];
    this.move(at);
  }

  move(at: Point): void {
    if (!this.drawing) {
      return;
    }
    const point = { x: rounded(at.x), y: rounded(at.y) };
    this.#tip = point;
    const last = this.#last;
    if (!last || Math.hypot(point.x - last.x, point.y - last.y) >= NEAREST) {
      this.#take(point);
    }
  }

  /** What was drawn since the last part; null when nothing was. */
  part(): StrokePart | null {
    if (this.#unsent.length === 0) {
      return null;
    }
    const points = this.#unsent.splice(0, 2 * MOST_IN_PART);
    return { id: this.#id, points, done: false };
  }

  /** The pen leaves the picture: the last parts, of which the very last says `done`. */
  up(): StrokePart[] {
    if (!this.drawing) {
      return [];
    }
    // It ends where the pen was, not where thinning left off.
    if (this.#tip && this.#last && this.#tip !== this.#last) {
      this.#take(this.#tip);
    }
    const parts: StrokePart[] = [];
    for (let part = this.part(); part; part = this.part()) {
      parts.push(part);
    }
    const last = parts.pop() ?? { id: this.#id, points: [], done: true };
    this.#id = '';
    return [...parts, { ...last, done: true }];
  }

  #take(point: Point): void {
    if (this.#count < MOST_IN_STROKE) {
      this.#last = point;
      this.#count++;
      this.#unsent.push(point.x, point.y);
    }
  }
}

function rounded(fraction: number): number {
  return Math.round(fraction * STEPS) / STEPS;
}
