import { checkCaptions, checkPictures } from './beside.ts';
import { Complaints } from './complaints.ts';
import { allSegments, attributes } from './playlist.ts';
import { RenditionWatch, type Figures } from './rendition-watch.ts';
import { checkRenditions } from './rules.ts';

/** What came of looking at a broadcast for a while. */
export interface Findings {
  readonly complaints: readonly string[];
  readonly renditions: ReadonlyMap<string, Figures & { readonly parts: number }>;
  /** How many discontinuities and gaps the first rendition had. */
  readonly discontinuities: number;
  readonly gaps: number;
  /** How many pictures that need no other were looked at. */
  readonly pictures: number;
  /** The captions of all segments. */
  readonly words: string;
}

/**
 * Watches a live broadcast as the book says it must be (RFC 8216bis), from outside and without any
 * player: every rendition of its multivariant playlist, until `stop`.
 */
export class HlsChecker {
  private constructor(
    private readonly renditions: readonly RenditionWatch[],
    private readonly beside: ReadonlyMap<'pictures' | 'captions', URL>,
    private readonly complaints: Complaints,
  ) {}

  static async watch(index: URL): Promise<HlsChecker> {
    const answer = await fetch(index);
    const text = await answer.text();
    if (answer.status !== 200) {
      throw new Error(`${index.pathname} answers ${answer.status}: ${text}`);
    }
    const complaints = new Complaints();
    // Pictures first: what lies beside is cut as the first picture is.
    const uris = new Set<string>();
    const sounds: string[] = [];
    const lines = text.split('\n');
    const beside = new Map<'pictures' | 'captions', URL>();
    lines.forEach((line, at) => {
      const pictures = /^#EXT-X-I-FRAME-STREAM-INF:(.*)/.exec(line)?.[1];
      const captions = /^#EXT-X-MEDIA:(TYPE=SUBTITLES.*)/.exec(line)?.[1];
      for (const [kind, found] of [
        ['pictures', pictures],
        ['captions', captions],
      ] as const) {
        if (found && !beside.has(kind)) {
          beside.set(kind, new URL(attributes(found)['URI'] ?? '', index));
        }
      }
      const media = /^#EXT-X-MEDIA:(.*)/.exec(line)?.[1];
      const uri = media ? attributes(media)['TYPE'] === 'AUDIO' && attributes(media)['URI'] : '';
      const variant = line.startsWith('#EXT-X-STREAM-INF') ? lines[at + 1] : '';
      if (variant) {
        uris.add(variant);
      }
      if (uri) {
        sounds.push(uri);
      }
    });
    sounds.forEach((uri) => uris.add(uri));
    const renditions = [...uris].map(
      (uri) => new RenditionWatch(uri.split('/').at(-2) ?? uri, new URL(uri, index), complaints),
    );
    renditions.forEach((rendition) => rendition.start());
    return new HlsChecker(renditions, beside, complaints);
  }

  /** The number of the newest segment that is whole in every rendition; −1 before the first. */
  get wholeSegments(): number {
    return Math.min(...this.renditions.map(({ latest }) => latest?.segments.at(-1)?.msn ?? -1));
  }

  /** How many discontinuities every rendition lists. */
  get discontinuities(): number {
    return Math.min(
      ...this.renditions.map(({ latest }) => (latest ? (allSegments(latest).at(-1)?.dsn ?? 0) : 0)),
    );
  }

  /** Looks no more, and says what was found. */
  async stop(): Promise<Findings> {
    await Promise.all(this.renditions.map((rendition) => rendition.stop()));
    const [first, ...others] = this.renditions;
    for (const other of others) {
      if (first?.latest && other.latest) {
        checkRenditions([first.name, first.latest], [other.name, other.latest], (rule, detail) =>
          this.complaints.add('all', rule, detail),
        );
      }
    }
    const { pictures, words } = await this.#beside();
    const segments = first?.segments ?? [];
    return {
      complaints: this.complaints.lines,
      renditions: new Map(
        this.renditions.map(({ name, figures, parts }) => [name, { ...figures, parts }]),
      ),
      discontinuities: segments.filter(({ discontinuity }) => discontinuity).length,
      gaps: segments.filter(({ gap }) => gap).length,
      pictures,
      words,
    };
  }

  /** The lists beside the first rendition's. */
  async #beside(): Promise<{ pictures: number; words: string }> {
    const media = this.renditions[0]?.latest;
    const complain =
      (kind: string) =>
      (rule: string, detail: string): void =>
        this.complaints.add(kind, rule, detail);
    const [pictures, captions] = [this.beside.get('pictures'), this.beside.get('captions')];
    if (!media || !pictures || !captions) {
      this.complaints.add('all', '§6.2.4', 'no list of pictures or none of captions');
      return { pictures: 0, words: '' };
    }
    return {
      pictures: await checkPictures(pictures, media, complain('pictures')),
      words: await checkCaptions(captions, media, complain('captions')),
    };
  }
}
