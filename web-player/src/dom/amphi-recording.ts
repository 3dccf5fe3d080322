import { LitElement, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import {
  ApiError,
  movieUrl,
  readCaptions,
  readSmallPictures,
  seeRecording,
  seeRoom,
  type Recording,
} from '../app/api.ts';
import { stopAt, stoppedAt } from '../app/stopped-at.ts';
import { claimsOf, recordingOfAddress, roomOfAddress, tokenOf } from '../app/tokens.ts';
import { readVtt, type Cue } from '../core/captions/vtt.ts';
import { backoffMs } from '../core/net/backoff.ts';
import { chapterAt, type Chapter } from '../core/player/chapters.ts';
import { readMoment } from '../core/player/moment.ts';
import { NO_PICTURES, type PictureTrack } from '../core/player/pictures.ts';
import { clockText } from '../core/player/time.ts';
import { refusedSight, sightOf, type Sight } from '../core/recording/sight.ts';
import { moderates, type Role } from '../core/signal/messages.ts';
import './amphi-movie.ts';
import type { AmphiMovie } from './amphi-movie.ts';
import type { Changed } from './amphi-recording-work.ts';
import './amphi-transcript.ts';
import type { AmphiTranscript } from './amphi-transcript.ts';
import { icons, mark } from './icons.ts';
import { recordingStyles } from './recording-styles.ts';
import { theme } from './theme.ts';

const LOOK_AGAIN_MS = 2500;
const MOST_TRIES = 6;
const KEEP_EVERY_S = 5;
const WELL_AGAIN_S = 2;
const COPIED_MS = 2500;
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });
const DAY = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

/** What is played: the whole recording, or the part that somebody cut out. */
interface Film {
  readonly url: string | null;
  readonly captions: string;
  readonly thumbnails: string;
  readonly chapters: readonly Chapter[];
  readonly length: number;
}

/** The page of a recording: the player, its chapters, and what was said. */
@customElement('amphi-recording')
export class AmphiRecording extends LitElement {
  static override styles = [theme, recordingStyles];

  @state() private sight: Sight<Recording> | null = null;
  @state() private heading = '';
  @state() private trimmed = new URLSearchParams(location.search).has('part');
  @state() private cues: readonly Cue[] = [];
  @state() private captionsUrl = '';
  @state() private pictures = NO_PICTURES as PictureTrack;
  @state() private trouble = '';
  @state() private at = 0;
  @state() private copied = false;
  /** The tools of whoever runs the class are there; nobody else loads them. */
  @state() private tools = false;
  @query('amphi-movie') private movie!: AmphiMovie | null;
  @query('amphi-transcript') private transcript!: AmphiTranscript | null;
  readonly #room = roomOfAddress();
  readonly #id = recordingOfAddress();
  readonly #token = tokenOf(this.#room);
  #from = readMoment(new URLSearchParams(location.search).get('t'));
  #kept = 0;
  #tries = 0;
  #brokeAt = -1;
  #timer = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#keep);
    void this.#look();
    if (moderates((claimsOf(this.#token)?.role ?? 'viewer') as Role)) {
      void import('./amphi-recording-work.ts').then(() => (this.tools = true));
    }
    // The room may be gone; its recordings stay.
    seeRoom(this.#room, this.#token).then(
      ({ title }) => (this.heading ||= title),
      () => undefined,
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#keep);
    window.clearTimeout(this.#timer);
    URL.revokeObjectURL(this.captionsUrl);
  }

  override render() {
    const sight = this.sight;
    if (!sight) {
      return html`<div class="center"><p class="soft">Looking for the recording …</p></div>`;
    }
    return sight.is === 'ready' ? this.#page(sight.recording) : this.#card(sight);
  }

  override updated(): void {
    document.title = `${this.heading || 'Recording'} — Amphi`;
  }

  async #look(): Promise<void> {
    window.clearTimeout(this.#timer);
    const before = this.sight;
    try {
      const recording = await seeRecording(this.#room, this.#id, this.#token);
      this.#tries = 0;
      this.sight = sightOf(recording);
      this.heading = recording.title || this.heading;
      if (this.sight.is === 'ready' && before?.is !== 'ready') {
        this.#from ??= stoppedAt(this.#key);
        this.trimmed &&= recording.trim !== undefined;
        void this.#readCaptions();
        void this.#readPictures();
      }
    } catch (error) {
      this.#tries++;
      const seen = before !== null && before.is !== 'away';
      this.sight = refusedSight(ApiError.of(error), this.#token !== '', seen);
    }
    if (this.isConnected && (this.sight.is === 'coming' || this.sight.is === 'away')) {
      const wait = this.#tries ? backoffMs(this.#tries, Math.random) : LOOK_AGAIN_MS;
      this.#timer = window.setTimeout(() => void this.#look(), wait);
    }
  }

  /** What a player asks for without a header has to come from the page itself. */
  async #readCaptions(): Promise<void> {
    const path = this.#film?.captions ?? '';
    URL.revokeObjectURL(this.captionsUrl);
    this.captionsUrl = '';
    this.cues = [];
    this.trouble = '';
    if (!path) {
      return;
    }
    try {
      const text = await readCaptions(path, this.#token);
      if (path === this.#film?.captions) {
        this.cues = readVtt(text);
        this.captionsUrl = URL.createObjectURL(new Blob([text], { type: 'text/vtt' }));
      }
    } catch (error) {
      this.trouble = `What was said cannot be shown. ${ApiError.of(error).message}`;
    }
  }

  async #readPictures(): Promise<void> {
    const path = this.#film?.thumbnails ?? '';
    this.pictures = NO_PICTURES;
    if (path) {
      // Without them the player draws its own.
      const track = await readSmallPictures(path, this.#token).catch(() => NO_PICTURES);
      if (path === this.#film?.thumbnails) {
        this.pictures = track;
      }
    }
  }

  get #film(): Film | null {
    const recording = this.sight?.is === 'ready' ? this.sight.recording : null;
    const { trim } = recording ?? {};
    return this.trimmed && trim
      ? {
          url: trim.url,
          captions: trim.captions ?? '',
          thumbnails: trim.thumbnails ?? '',
          chapters: trim.chapters ?? [],
          length: trim.duration_s,
        }
      : recording && {
          url: recording.url,
          captions: recording.captions ?? '',
          thumbnails: recording.thumbnails ?? '',
          chapters: recording.chapters ?? [],
          length: recording.duration_s,
        };
  }

  /** By what it is remembered where somebody stopped. */
  get #key(): string {
    return `${this.#room}/${this.#id}${this.trimmed ? '/part' : ''}`;
  }

  #page(recording: Recording) {
    const film = this.#film as Film;
    const words = film.captions !== '' || film.chapters.length > 0;
    return html`<div class="page ${words ? '' : 'alone'}">
      <header>
        <a href="/" aria-label="Amphi, first page">${mark}</a>
        <h1>${this.heading || 'Recording'}</h1>
      </header>
      <main>
        <amphi-movie
          src=${movieUrl(film.url, this.#token)}
          captions=${this.captionsUrl}
          heading=${this.heading}
          .chapters=${film.chapters}
          .pictures=${this.pictures}
          .length=${film.length}
          .from=${this.#from ?? 0}
          @at=${(event: CustomEvent<number>) => this.#moved(event.detail)}
          @turned=${this.#keep}
          @broken=${() => void this.#broken()}
          @search=${() => this.transcript?.beginSearch()}
        ></amphi-movie>
        ${this.#below(recording, film)} ${this.tools ? this.#work(recording) : nothing}
      </main>
      ${
        words
          ? html`<aside aria-label="Chapters and what was said">
              ${film.chapters.length > 0 ? this.#chapters(film.chapters) : nothing}
              ${this.#said(film)}
            </aside>`
          : nothing
      }
    </div>`;
  }

  #below(recording: Recording, film: Film) {
    const began = recording.started_at && DATE.format(new Date(recording.started_at));
    const until = recording.expires_at && DAY.format(new Date(recording.expires_at));
    return html`<div class="below">
      <p class="soft">
        ${began ? `${began} · ` : nothing}${clockText(film.length)}
        ${until ? html`<br />Kept until ${until}` : nothing}
        ${recording.detail ? html`<br />${recording.detail}` : nothing}
      </p>
      ${recording.trim ? this.#parts() : nothing}
      <button class="small" @click=${this.#copy}>
        ${icons.link} ${this.copied ? 'Copied' : `Link to ${clockText(this.at)}`}
      </button>
      <span class="visually-hidden" role="status">${this.copied ? 'The link is copied' : ''}</span>
      <a class="button small" download href=${movieUrl(film.url, this.#token)}
        >${icons.download} Download MP4</a
      >
    </div>`;
  }

  #work(recording: Recording) {
    return html`<amphi-recording-work
      room=${this.#room}
      .token=${this.#token}
      .recording=${recording}
      .at=${this.at + ((this.trimmed && recording.trim?.from_s) || 0)}
      @changed=${({ detail }: Changed) => this.#changed(detail)}
    ></amphi-recording-work>`;
  }

  /** Another part stands in the place of the one that is shown, or none: the whole is there. */
  #changed(recording: Recording): void {
    this.sight = sightOf(recording);
    if (this.trimmed) {
      this.#choose(false);
    }
  }

  #parts() {
    const choice = (label: string, part: boolean) =>
      html`<button
        class="small"
        aria-pressed=${this.trimmed === part}
        @click=${() => this.#choose(part)}
      >
        ${label}
      </button>`;
    return html`<span class="parts" role="group" aria-label="How much of it">
      ${choice('All of it', false)}${choice('The part cut out', true)}
    </span>`;
  }

  #chapters(chapters: readonly Chapter[]) {
    const now = chapterAt(chapters, this.at);
    return html`<section class="chapters" aria-labelledby="chapters">
      <h2 id="chapters">Chapters</h2>
      <ol>
        ${chapters.map(
          ({ start_s, title }, index) =>
            html`<li>
              <button
                aria-current=${index === now ? 'true' : nothing}
                @click=${() => this.movie?.jump(start_s)}
              >
                <time>${clockText(start_s)}</time><span dir="auto">${title}</span>
              </button>
            </li>`,
        )}
      </ol>
    </section>`;
  }

  #said(film: Film) {
    if (this.trouble) {
      return html`<p class="trouble" role="alert">${icons.warning}<span>${this.trouble}</span></p>`;
    }
    return film.captions
      ? html`<section class="said" aria-labelledby="said">
          <h2 id="said">Transcript</h2>
          <amphi-transcript
            .cues=${this.cues}
            .at=${this.at}
            @jump=${(event: CustomEvent<number>) => this.movie?.jump(event.detail)}
          ></amphi-transcript>
        </section>`
      : nothing;
  }

  #card({ is, words }: Exclude<Sight<Recording>, { is: 'ready' }>) {
    return html`<main class="center">
      <div class="card">
        ${mark}
        <h1>${words.heading}</h1>
        <p class="soft" role=${is === 'closed' ? nothing : 'status'}>${words.text}</p>
        <a class="button quiet" href="/">To the first page</a>
      </div>
    </main>`;
  }

  #moved(at: number): void {
    this.at = at;
    if (Math.abs(at - this.#brokeAt) > WELL_AGAIN_S) {
      this.#tries = 0;
    }
    if (Math.abs(at - this.#kept) >= KEEP_EVERY_S) {
      this.#keep();
    }
  }

  readonly #keep = (): void => {
    if (this.sight?.is === 'ready' && this.movie) {
      this.#kept = this.at;
      stopAt(this.#key, this.at, this.#film?.length ?? 0);
    }
  };

  #choose(part: boolean): void {
    this.#keep();
    this.trimmed = part;
    this.#from = stoppedAt(this.#key);
    this.at = this.#from;
    void this.#readCaptions();
    void this.#readPictures();
  }

  /** The file does not come: the server knows why, or else it is tried again. */
  async #broken(): Promise<void> {
    const tries = this.#tries + 1;
    this.#brokeAt = this.at;
    this.#from = this.at;
    await this.#look();
    if (this.sight?.is !== 'ready') {
      return;
    }
    this.#tries = tries;
    if (tries > MOST_TRIES) {
      this.sight = {
        is: 'closed',
        words: {
          heading: 'The recording cannot be played here',
          text: 'Try another browser, or ask the teacher for the file.',
        },
      };
      return;
    }
    const wait = backoffMs(tries, Math.random);
    this.#timer = window.setTimeout(() => this.movie?.again(), wait);
  }

  readonly #copy = (): void => {
    history.replaceState(null, '', `?t=${Math.floor(this.at)}${this.trimmed ? '&part' : ''}`);
    navigator.clipboard?.writeText(location.href).then(
      () => {
        this.copied = true;
        window.setTimeout(() => (this.copied = false), COPIED_MS);
      },
      () => undefined, // Not allowed: it stands in the address bar.
    );
  };
}
