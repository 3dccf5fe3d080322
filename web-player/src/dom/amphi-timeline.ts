import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { chapterAt, type Chapter } from '../core/player/chapters.ts';
import { NO_PICTURES, pictureAt, type PictureTrack } from '../core/player/pictures.ts';
import { clockText } from '../core/player/time.ts';
import { glimpse, glimpseStyles, pointedAt, type Pointed } from './glimpse.ts';
import { rangeStyles } from './player-styles.ts';
import { onPicture, theme } from './theme.ts';

const STEP_S = 5;

/** Where somebody wants to go, seconds. */
export type Seek = CustomEvent<number>;

/**
 * The line of time of a recording: where it stands, its chapters, and above what somebody points
 * at a picture of it. Recordings of earlier versions have no small pictures: there it is drawn by a
 * second, silent video of the same file.
 */
@customElement('amphi-timeline')
export class AmphiTimeline extends LitElement {
  static override styles = [
    theme,
    rangeStyles,
    glimpseStyles,
    css`
      :host {
        ${onPicture}
        position: relative;
      }
      .marks {
        position: absolute;
        inset: 10px 7px auto;
        height: 4px;
        pointer-events: none;
      }
      .marks i {
        position: absolute;
        width: 3px;
        height: 100%;
        margin-left: -1px;
        background: #05070b;
      }
    `,
  ];

  @property({ type: Number }) duration = 0;
  @property({ type: Number }) position = 0;
  @property({ attribute: false }) chapters: readonly Chapter[] = [];
  /** The MP4, for pictures above the line where there are no small ones. */
  @property() src = '';
  /** Small pictures, with whole addresses. */
  @property({ attribute: false }) pictures = NO_PICTURES as PictureTrack;
  @state() private pointed: Pointed | null = null;
  @state() private pictured = false;
  @query('video') private preview!: HTMLVideoElement | null;

  override render() {
    const length = Math.max(0.1, this.duration);
    const part = (at: number): number => Math.min(100, Math.max(0, (at / length) * 100));
    const title = this.chapters[chapterAt(this.chapters, this.position)]?.title ?? '';
    const now = `${clockText(this.position)} of ${clockText(this.duration)}`;
    return html`<input
        type="range"
        aria-label="Position in the recording"
        aria-valuetext=${title ? `${now}, ${title}` : now}
        min="0"
        max=${length}
        step="any"
        .value=${String(this.position)}
        style="--at:${part(this.position)}%"
        @input=${(event: Event) => this.#go(Number((event.target as HTMLInputElement).value))}
        @keydown=${this.#key}
        @pointerdown=${this.#point}
        @pointermove=${this.#point}
        @pointerleave=${this.#gone}
        @pointercancel=${this.#gone}
      />
      <div class="marks" aria-hidden="true">
        ${this.chapters
          .filter(({ start_s }) => start_s > 0 && start_s < this.duration)
          .map(({ start_s }) => html`<i style="left:${part(start_s)}%"></i>`)}
      </div>
      ${this.pointed === null ? nothing : this.#above(this.pointed)}`;
  }

  override updated(changed: Map<string, unknown>): void {
    if (changed.has('src')) {
      this.pictured = false;
    }
    if (changed.has('pointed') && this.pointed !== null) {
      this.#draw();
    }
  }

  #above({ part, left }: Pointed) {
    const at = part * this.duration;
    const title = this.chapters[chapterAt(this.chapters, at)]?.title;
    const words = html`${clockText(at)}${title ? html` · <bdi>${title}</bdi>` : nothing}`;
    const small = pictureAt(this.pictures, at);
    const picture = small
      ? html`<img src=${small} alt="" />`
      : this.src && !this.#hasSmall && !sparing()
        ? this.#video()
        : nothing;
    return glimpse(left, picture, words);
  }

  get #hasSmall(): boolean {
    return this.pictures.cues.length > 0;
  }

  #video() {
    return html`<video
      muted
      preload="auto"
      tabindex="-1"
      src=${this.src}
      ?hidden=${!this.pictured}
      @seeked=${() => {
        this.pictured = true;
        this.#draw();
      }}
      @loadedmetadata=${() => this.#draw()}
    ></video>`;
  }

  /** One picture after the other: what was pointed at meanwhile is the next. */
  #draw(): void {
    const { preview } = this;
    const pointed = (this.pointed?.part ?? 0) * this.duration;
    if (
      preview &&
      !preview.seeking &&
      preview.readyState >= HTMLMediaElement.HAVE_METADATA &&
      Math.abs(preview.currentTime - pointed) > 0.5
    ) {
      preview.currentTime = pointed;
    }
  }

  /** A finger costs too much where a whole video has to be opened for it. */
  readonly #point = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse' || this.#hasSmall) {
      this.pointed = pointedAt(event);
    }
  };

  readonly #gone = (): void => {
    this.pointed = null;
  };

  readonly #key = (event: KeyboardEvent): void => {
    const step = { ArrowRight: STEP_S, ArrowLeft: -STEP_S }[event.key];
    if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      this.#go(this.position + step);
    }
  };

  #go(to: number): void {
    const at = Math.min(this.duration, Math.max(0, to));
    this.dispatchEvent(new CustomEvent<number>('seek', { detail: at }) satisfies Seek);
  }
}

/** Whether somebody asked to be spared data. */
function sparing(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}
