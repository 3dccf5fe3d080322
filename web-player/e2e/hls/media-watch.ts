import { createHash } from 'node:crypto';
import { fragments, timescaleOf } from './boxes.ts';
import type { Part, Segment } from './playlist.ts';
import type { Complain } from './rules.ts';

const ROUNDING_S = 0.0015;

interface Timeline {
  readonly dsn: number;
  readonly endSeconds: number;
  readonly originMs: number;
}

/** Takes every part of a rendition apart, in order: its times go on, and it stays what it was. */
export class MediaWatch {
  /** Parts that were looked at. */
  parts = 0;
  readonly #hashes = new Map<string, string>();
  readonly #headers = new Map<string, Promise<number>>();
  #timeline: Timeline | null = null;
  #looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly url: URL,
    private readonly complain: Complain,
  ) {}

  /** All that was listed has been looked at. */
  get done(): Promise<void> {
    return this.#looking;
  }

  listed(segment: Segment, part: Part): void {
    if (!part.gap && !this.#hashes.has(part.uri)) {
      this.#hashes.set(part.uri, '');
      const first = segment.parts[0] === part;
      this.#looking = this.#looking
        .then(() => this.#takeApart(segment, part, first))
        .catch((error: unknown) => this.complain('ISO 14496-12', `${part.uri}: ${String(error)}`));
    }
  }

  /** Fetches a part once more. */
  async again(part: Part): Promise<void> {
    const bytes = await this.#bytes(part.uri);
    if (bytes && hash(bytes) !== this.#hashes.get(part.uri)) {
      this.complain('§6.2.1', `${part.uri} is not what it was`);
    }
  }

  async #takeApart(segment: Segment, part: Part, first: boolean): Promise<void> {
    const bytes = await this.#bytes(part.uri);
    if (!bytes) {
      return;
    }
    this.parts++;
    this.#hashes.set(part.uri, hash(bytes));
    const timescale = await this.#timescale(segment.map);
    const found = fragments(bytes);
    const start = found[0]?.decodeTicks ?? NaN;
    const ticks = found.reduce((sum, fragment) => sum + fragment.durationTicks, 0);
    if (Math.abs(ticks / timescale - part.seconds) > ROUNDING_S) {
      this.complain('§4.4.4.9', `${part.uri} holds ${ticks / timescale} s, not ${part.seconds}`);
    }
    if (part.independent !== (found[0]?.sync ?? false)) {
      this.complain('§4.4.4.9', `${part.uri} says INDEPENDENT=${part.independent}`);
    }
    this.#inTime(segment, part, first, start / timescale, (start + ticks) / timescale);
  }

  /** Decode times go on without a hole, and program time goes with them. */
  #inTime(segment: Segment, part: Part, first: boolean, start: number, end: number): void {
    const before = this.#timeline;
    const origin = (segment.dateMs ?? 0) - start * 1000;
    if (before && before.dsn === segment.dsn) {
      const apart = first && Math.abs(origin - before.originMs) > 2;
      // Where a segment is missing both times jump; the list's own rules look at that.
      if (Math.abs(start - before.endSeconds) > 1e-6 && !(first && !apart)) {
        this.complain('F3', `${part.uri} begins at ${start} s, the part before ended at another`);
      }
      if (apart) {
        this.complain('§6.2.4', `program time and decode time of ${part.uri} part`);
      }
    }
    const originMs = before?.dsn === segment.dsn && !first ? before.originMs : origin;
    this.#timeline = { dsn: segment.dsn, endSeconds: end, originMs };
  }

  #timescale(map: string): Promise<number> {
    const known = this.#headers.get(map);
    if (known) {
      return known;
    }
    const found = this.#bytes(map).then((bytes) => (bytes ? timescaleOf(bytes) : NaN));
    this.#headers.set(map, found);
    return found;
  }

  async #bytes(uri: string): Promise<Uint8Array | null> {
    const answer = await fetch(new URL(uri, this.url));
    const bytes = new Uint8Array(await answer.arrayBuffer());
    if (answer.status === 200) {
      return bytes;
    }
    this.complain('§6.2.1', `${uri} is listed and answers ${answer.status}`);
    return null;
  }
}

const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
