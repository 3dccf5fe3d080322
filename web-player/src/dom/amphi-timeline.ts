import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { chapterAt, type Chapter } from '../core/player/chapters.ts';
import { clockText } from '../core/player/time.ts';
import { rangeStyles } from './player-styles.ts';
import { onPicture, theme } from './theme.ts';

/** Half of the slider's thumb: its middle goes from here to as far before the end. */
const THUMB_PX = 7;
const STEP_S = 5;
const HALF_PREVIEW_PX = 84;

/** Where somebody wants to go, seconds. */
export type Seek = CustomEvent<number>;

/**
 * The line of time of a recording: where it stands, its chapters, and above what a mouse points at
 * a picture of it. That picture is drawn by a second, silent video of the same file, so that nobody
 * has to make and keep such pictures.
 */
@customElement('amphi-timeline')
export class AmphiTimeline extends LitElement {
  static override styles = [
    theme,
    rangeStyles,
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
      .above {
        position: absolute;
        bottom: 30px;
        display: grid;
        justify-items: center;
        gap: 6px;
        width: 168px;
        margin-left: -84px;
        pointer-events: none;
        text-align: center;
      }
      .above video {
        width: 100%;
        aspect-ratio: 16 / 9;
        height: auto;
        border-radius: 8px;
        border: 1px solid rgb(255 255 255 / 30%);
        background: #000;
        object-fit: contain;
      }
      .above span {
        max-width: 100%;
        padding: 2px 8px;
        border-radius: 7px;
        background: rgb(8 11 18 / 88%);
        font-size: 12.5px;
        font-variant-numeric: tabular-nums;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ type: Number }) duration = 0;
  @property({ type: Number }) position = 0;
  @property({ attribute: false }) chapters: readonly Chapter[] = [];
  /** The MP4, for pictures above the line. */
  @property() src = '';
  /** Where a mouse points, seconds. */
  @state() private pointed: number | null = null;
  @state() private pictured = false;
  @query('video') private preview!: HTMLVideoElement | null;
  #left = 0;

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
        @pointermove=${this.#point}
        @pointerleave=${() => (this.pointed = null)}
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

  #above(at: number) {
    const title = this.chapters[chapterAt(this.chapters, at)]?.title;
    return html`<div class="above" style="left:${this.#left}px" aria-hidden="true">
      ${
        this.src && !sparing()
          ? html`<video
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
            ></video>`
          : nothing
      }
      <span>${clockText(at)}${title ? html` · <bdi>${title}</bdi>` : nothing}</span>
    </div>`;
  }

  /** One picture after the other: what was pointed at meanwhile is the next. */
  #draw(): void {
    const { preview, pointed } = this;
    if (
      preview &&
      pointed !== null &&
      !preview.seeking &&
      preview.readyState >= HTMLMediaElement.HAVE_METADATA &&
      Math.abs(preview.currentTime - pointed) > 0.5
    ) {
      preview.currentTime = pointed;
    }
  }

  readonly #point = (event: PointerEvent): void => {
    if (event.pointerType !== 'mouse') {
      return;
    }
    const { left, width } = (event.target as HTMLElement).getBoundingClientRect();
    const x = event.clientX - left;
    const part = Math.min(1, Math.max(0, (x - THUMB_PX) / (width - 2 * THUMB_PX)));
    this.#left = Math.min(width - HALF_PREVIEW_PX, Math.max(HALF_PREVIEW_PX, x));
    this.pointed = part * this.duration;
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
