/** A media playlist of RFC 8216bis as a value, read by rules of our own: no player's, no server's. */

export interface Part {
  readonly uri: string;
  readonly seconds: number;
  readonly independent: boolean;
  readonly gap: boolean;
}

export interface Segment {
  readonly msn: number;
  /** Empty while the segment is being made. */
  readonly uri: string;
  readonly seconds: number;
  readonly dateMs: number | null;
  /** Its discontinuity sequence number. */
  readonly dsn: number;
  readonly discontinuity: boolean;
  readonly gap: boolean;
  /** The EXT-X-MAP that holds for it; empty where a delta update left it out. */
  readonly map: string;
  readonly parts: readonly Part[];
  /** EXT-X-BYTERANGE as it stands; empty for all of it. */
  readonly byteRange: string;
}

export interface Playlist {
  readonly text: string;
  /** Tags that stand once, by name: `EXT-X-TARGETDURATION` → `2`. */
  readonly head: ReadonlyMap<string, string>;
  readonly control: Attributes;
  readonly targetSeconds: number;
  readonly partTargetSeconds: number;
  readonly mediaSequence: number;
  readonly skipped: number;
  readonly segments: readonly Segment[];
  /** The segment that is being made; null when no part of it is listed. */
  readonly open: Segment | null;
  readonly hints: readonly Attributes[];
  readonly reports: readonly Attributes[];
  readonly dateRanges: readonly string[];
  readonly ended: boolean;
}

export type Attributes = Readonly<Record<string, string>>;

/** An attribute list (§4.2), quotes taken away. */
export function attributes(text: string): Attributes {
  const found: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(/([A-Z0-9-]+)=("[^"]*"|[^",]*)(?:,|$)/g)) {
    found[name] = value.replace(/^"(.*)"$/, '$1');
  }
  return found;
}

/** Reads a media playlist; the segments of a delta update begin after those it skips. */
export function readPlaylist(text: string): Playlist {
  if (!text.startsWith('#EXTM3U\n')) {
    throw new Error(`No playlist: ${text.slice(0, 80)}`);
  }
  return new Reader().read(text);
}

class Reader {
  readonly #head = new Map<string, string>();
  readonly #segments: Segment[] = [];
  readonly #hints: Attributes[] = [];
  readonly #reports: Attributes[] = [];
  readonly #dateRanges: string[] = [];
  #parts: Part[] = [];
  #seconds = 0;
  #dateMs: number | null = null;
  #discontinuity = false;
  #gap = false;
  #map = '';
  #byteRange = '';
  #dsn = 0;
  #skipped = 0;
  #ended = false;

  read(text: string): Playlist {
    for (const line of text.split('\n')) {
      if (line.startsWith('#')) {
        const colon = line.indexOf(':');
        this.#tag(
          colon < 0 ? line.slice(1) : line.slice(1, colon),
          colon < 0 ? '' : line.slice(colon + 1),
        );
      } else if (line) {
        this.#segments.push(this.#segment(line));
        this.#next();
      }
    }
    return {
      text,
      head: this.#head,
      control: attributes(this.#head.get('EXT-X-SERVER-CONTROL') ?? ''),
      targetSeconds: Number(this.#head.get('EXT-X-TARGETDURATION')),
      partTargetSeconds: Number(
        attributes(this.#head.get('EXT-X-PART-INF') ?? '')['PART-TARGET'] ?? NaN,
      ),
      mediaSequence: this.#first(),
      skipped: this.#skipped,
      segments: this.#segments,
      open: this.#parts.length > 0 ? this.#segment('') : null,
      hints: this.#hints,
      reports: this.#reports,
      dateRanges: this.#dateRanges,
      ended: this.#ended,
    };
  }

  #first(): number {
    return Number(this.#head.get('EXT-X-MEDIA-SEQUENCE') ?? 0);
  }

  #segment(uri: string): Segment {
    return {
      msn: this.#first() + this.#skipped + this.#segments.length,
      uri,
      seconds: this.#seconds,
      dateMs: this.#dateMs,
      dsn: this.#dsn,
      discontinuity: this.#discontinuity,
      gap: this.#gap,
      map: this.#map,
      parts: this.#parts,
      byteRange: this.#byteRange,
    };
  }

  #next(): void {
    this.#parts = [];
    this.#seconds = 0;
    this.#dateMs = null;
    this.#discontinuity = false;
    this.#gap = false;
    this.#byteRange = '';
  }

  #tag(name: string, value: string): void {
    switch (name) {
      case 'EXTINF':
        this.#seconds = Number.parseFloat(value);
        break;
      case 'EXT-X-PROGRAM-DATE-TIME':
        this.#dateMs = Date.parse(value);
        break;
      case 'EXT-X-DISCONTINUITY':
        this.#discontinuity = true;
        this.#dsn++;
        break;
      case 'EXT-X-GAP':
        this.#gap = true;
        break;
      case 'EXT-X-BYTERANGE':
        this.#byteRange = value;
        break;
      case 'EXT-X-MAP':
        this.#map = attributes(value)['URI'] ?? '';
        break;
      case 'EXT-X-PART':
        this.#parts.push(part(attributes(value)));
        break;
      case 'EXT-X-PRELOAD-HINT':
        this.#hints.push(attributes(value));
        break;
      case 'EXT-X-RENDITION-REPORT':
        this.#reports.push(attributes(value));
        break;
      case 'EXT-X-DATERANGE':
        this.#dateRanges.push(value);
        break;
      case 'EXT-X-SKIP':
        this.#skipped = Number(attributes(value)['SKIPPED-SEGMENTS']);
        break;
      case 'EXT-X-ENDLIST':
        this.#ended = true;
        break;
      default:
        this.#once(name, value);
    }
  }

  #once(name: string, value: string): void {
    if (this.#head.has(name)) {
      throw new Error(`#${name} stands twice.`);
    }
    this.#head.set(name, value);
    if (name === 'EXT-X-DISCONTINUITY-SEQUENCE') {
      this.#dsn = Number(value);
    }
  }
}

function part(from: Attributes): Part {
  return {
    uri: from['URI'] ?? '',
    seconds: Number(from['DURATION']),
    independent: from['INDEPENDENT'] === 'YES',
    gap: from['GAP'] === 'YES',
  };
}

/** Whole segments and, last, the one that is being made. */
export function allSegments(playlist: Playlist): readonly Segment[] {
  return playlist.open ? [...playlist.segments, playlist.open] : playlist.segments;
}

/** How far a list is: the number of its last segment and of that one's last part. */
export function edge(playlist: Playlist): string {
  const last = allSegments(playlist).at(-1);
  return last ? `${last.msn}.${last.uri ? 'whole' : last.parts.length - 1}` : 'empty';
}

/** What a client has that asked for a delta update (§6.3.7): lines of the whole list. */
export function merged(before: Playlist, delta: Playlist): string {
  if (delta.skipped === 0) {
    return delta.text;
  }
  const from = delta.mediaSequence - before.mediaSequence;
  const kept = linesBySegment(before.text).slice(from, from + delta.skipped);
  if (kept.length !== delta.skipped) {
    throw new Error(`The delta update skips ${delta.skipped} segments, ${kept.length} are known.`);
  }
  const skip = /#EXT-X-SKIP:.*\n/;
  // Parts of what is skipped are older than any that is listed.
  return delta.text.replace(skip, kept.join('').replaceAll(/#EXT-X-PART:.*\n/g, ''));
}

const OF_A_SEGMENT =
  /^#(EXTINF|EXT-X-(PROGRAM-DATE-TIME|DISCONTINUITY|GAP|MAP|PART|BYTERANGE))(:|$)/;

/** The lines of each whole segment, its tags before its URI. */
function linesBySegment(text: string): string[] {
  const segments: string[] = [];
  let lines = '';
  for (const line of text.split('\n')) {
    if (OF_A_SEGMENT.test(line)) {
      lines += `${line}\n`;
    } else if (line && !line.startsWith('#')) {
      segments.push(`${lines}${line}\n`);
      lines = '';
    }
  }
  return segments;
}
