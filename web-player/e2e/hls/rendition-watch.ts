import { setTimeout as pause } from 'node:timers/promises';
import type { Complaints } from './complaints.ts';
import { MediaWatch } from './media-watch.ts';
import { allSegments, edge, merged, readPlaylist, type Part, type Playlist } from './playlist.ts';
import type { Segment } from './playlist.ts';
import { checkPlaylist, checkUpdate } from './rules.ts';

const POLL_MS = 50;
/** So long before the end of what is promised it is looked at. */
const PROMISE_END_MS = 500;
const LISTS_KEPT = 64;

/** A hinted part, and which segment was the newest when it was hinted. */
interface Hint {
  readonly msn: number;
  listed: boolean;
}

/** How much was looked at, so that nothing passes for want of a look. */
export interface Figures {
  lists: number;
  reloads: number;
  deltas: number;
  hints: number;
  keptParts: number;
  longestWaitMs: number;
}

/**
 * Looks at one rendition from outside: polls its list, follows it by blocking reloads and delta
 * updates, asks for each hinted part, and takes each part apart.
 */
export class RenditionWatch {
  readonly figures: Figures = {
    lists: 0,
    reloads: 0,
    deltas: 0,
    hints: 0,
    keptParts: 0,
    longestWaitMs: 0,
  };
  #latest: Playlist | null = null;
  readonly #byEdge = new Map<string, Playlist>();
  readonly #hints = new Map<string, Hint>();
  readonly #all = new Map<number, Segment>();
  readonly #media: MediaWatch;
  #kept: Promise<unknown>[] = [];
  #asked: Promise<unknown>[] = [];
  #changedAt = 0;
  #stopped = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    readonly name: string,
    private readonly url: URL,
    private readonly complaints: Complaints,
  ) {
    this.#media = new MediaWatch(url, this.#complain);
  }

  /** How many parts were taken apart. */
  get parts(): number {
    return this.#media.parts;
  }

  get latest(): Playlist | null {
    return this.#latest;
  }

  /** Every segment that was ever listed, as it was last. */
  get segments(): readonly Segment[] {
    return [...this.#all.values()];
  }

  start(): void {
    this.#running = Promise.all([this.#poll(), this.#follow()].map((loop) => this.#guard(loop)));
  }

  /** What breaks the look itself is a finding too. */
  async #guard(look: Promise<void>): Promise<void> {
    try {
      await look;
    } catch (error) {
      this.#complain('§4.1', `cannot be looked at: ${String(error)}`);
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
    await this.#media.done;
    await Promise.all(this.#kept);
    this.#judgeHints();
  }

  readonly #complain = (rule: string, detail: string): void =>
    this.complaints.add(this.name, rule, detail);

  async #poll(): Promise<void> {
    while (!this.#stopped) {
      const next = pause(POLL_MS);
      const list = await this.#list('');
      if (list) {
        this.#seen(list);
      }
      await next;
    }
  }

  async #list(query: string): Promise<Playlist | null> {
    const answer = await fetch(new URL(query, this.url));
    const text = await answer.text();
    if (answer.status !== 200) {
      this.#complain('§6.2.5', `${query || 'the list'} answers ${answer.status}: ${text}`);
      return null;
    }
    return readPlaylist(text);
  }

  #seen(list: Playlist): void {
    this.figures.lists++;
    const before = this.#latest;
    if (before?.text === list.text) {
      return;
    }
    checkPlaylist(list, this.#complain);
    if (before) {
      checkUpdate(before, list, this.#complain);
    }
    const now = performance.now();
    if (this.#changedAt > 0 && before && edge(before) !== edge(list)) {
      this.figures.longestWaitMs = Math.max(this.figures.longestWaitMs, now - this.#changedAt);
    }
    this.#changedAt = now;
    this.#latest = list;
    this.#byEdge.set(edge(list), list);
    if (this.#byEdge.size > LISTS_KEPT) {
      this.#byEdge.delete(this.#byEdge.keys().next().value ?? '');
    }
    for (const segment of allSegments(list)) {
      this.#all.set(segment.msn, segment);
      for (const part of segment.parts) {
        this.#listed(segment, part);
      }
    }
    this.#left(before, list);
    for (const hint of list.hints) {
      const uri = hint['URI'] ?? '';
      if (!this.#hints.has(uri)) {
        this.#hints.set(uri, { msn: allSegments(list).at(-1)?.msn ?? 0, listed: false });
        this.#asked.push(this.#guard(this.#ask(uri)));
      }
    }
  }

  #listed(segment: Segment, part: Part): void {
    const hint = this.#hints.get(part.uri);
    if (hint) {
      hint.listed = true;
    }
    this.#media.listed(segment, part);
  }

  /** A hinted part: nothing of it may come before it is listed (§6.2.6). */
  async #ask(uri: string): Promise<void> {
    const answer = await fetch(new URL(uri, this.url));
    if (answer.status === 200) {
      const list = await this.#list('');
      const there = list && allSegments(list).some((s) => s.parts.some((p) => p.uri === uri));
      if (!there && !list?.ended) {
        this.#complain('§6.2.6', `bytes of ${uri} came before it was listed`);
      }
      this.figures.hints++;
    }
    await answer.arrayBuffer();
  }

  /** A hint may turn out wrong only where the program was cut short (§6.2.6). */
  #judgeHints(): void {
    const current = new Set(this.#latest?.hints.map((hint) => hint['URI']));
    const cuts = this.segments.filter((s) => s.discontinuity || s.gap).map(({ msn }) => msn);
    for (const [uri, { msn, listed }] of this.#hints) {
      const excused = current.has(uri) || this.#latest?.ended || cuts.some((c) => c - msn <= 2);
      if (!listed && !excused) {
        this.#complain('§6.2.6', `${uri} was hinted and never came`);
      }
    }
  }

  /** Asks for what comes next, as a player does; the whole list and the delta update are one. */
  async #follow(): Promise<void> {
    while (!this.#stopped) {
      const before = this.#latest;
      if (!before || before.ended) {
        await pause(POLL_MS);
        continue;
      }
      const last = before.segments.at(-1)?.msn ?? before.mediaSequence - 1;
      const msn = before.open?.msn ?? last + 1;
      const part = before.open?.parts.length ?? 0;
      const query = `?_HLS_msn=${msn}&_HLS_part=${part}`;
      const [whole, delta] = await Promise.all([
        this.#list(query),
        this.#list(`${query}&_HLS_skip=YES`),
      ]);
      this.figures.reloads++;
      for (const list of [whole, delta]) {
        if (list && !has(list, msn, part)) {
          this.#complain('§6.2.5.2', `asked for part ${part} of ${msn}, got up to ${edge(list)}`);
        }
      }
      if (delta && !delta.ended) {
        this.#compare(before, delta);
      }
    }
  }

  #compare(before: Playlist, delta: Playlist): void {
    let text = '';
    try {
      text = merged(before, delta);
    } catch (error) {
      this.#complain('§6.2.5.1', String(error));
      return;
    }
    const known = this.#byEdge.get(edge(readPlaylist(text)));
    if (known) {
      this.figures.deltas += delta.skipped > 0 ? 1 : 0;
      if (timeless(known.text) !== timeless(text)) {
        this.#complain(
          '§6.2.5.1',
          `a delta update is not the list:\n${difference(timeless(known.text), timeless(text))}`,
        );
      }
    }
  }

  /** What is listed no more stays there for three target durations (§6.2.2), and is the same. */
  #left(before: Playlist | null, list: Playlist): void {
    const listed = new Set(allSegments(list).flatMap((s) => s.parts.map((part) => part.uri)));
    for (const segment of before ? allSegments(before) : []) {
      const part = segment.parts[0];
      if (part && !part.gap && !listed.has(part.uri)) {
        const promised_ms = 3000 * list.targetSeconds - PROMISE_END_MS;
        this.#kept.push(this.#guard(this.#stillThere(part, promised_ms)));
      }
    }
  }

  async #stillThere(part: Part, ms: number): Promise<void> {
    const left = performance.now();
    while (performance.now() - left < ms && !this.#stopped) {
      await pause(POLL_MS);
    }
    // On a machine that let this look wait, the promise may be over.
    if (performance.now() - left < ms + PROMISE_END_MS) {
      await this.#media.again(part);
      this.figures.keptParts++;
    }
  }
}

function has(list: Playlist, msn: number, part: number): boolean {
  return (
    list.ended ||
    allSegments(list).some((s) => s.msn > msn || (s.msn === msn && s.parts.length > part))
  );
}

/** What may be newer in one of two lists with the same edge is left out. */
const timeless = (text: string): string =>
  text.replaceAll(/#EXT-X-(RENDITION-REPORT|DATERANGE):.*\n/g, '');

function difference(a: string, b: string): string {
  const [ofA, ofB] = [a.split('\n'), b.split('\n')];
  const at = ofA.findIndex((line, index) => line !== ofB[index]);
  return `${ofA[at] ?? 'nothing'}\ninstead of\n${ofB[at] ?? 'nothing'}`;
}
