import { LitElement, css, html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { trackOf } from '../core/room/state.ts';
import type { Participant, Quality } from '../core/signal/messages.ts';
import type { Size } from '../core/stage/shown-sizes.ts';
import { icons } from './icons.ts';
import { onPicture, theme } from './theme.ts';

/** Hears at which size a place shows a stream; null when it shows none any more. */
export type Shown = (place: object, stream: MediaStream | null, size: Size) => void;

const TINTS = ['#3a5ba8', '#7a4fa3', '#27776c', '#9a5a2f', '#94405f', '#4b6b2f'];

/** The first letters of the first and last name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase() ?? '').join('');
}

export function tintOf(id: string): string {
  let sum = 0;
  for (const letter of id) {
    sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  }
  return TINTS[sum % TINTS.length] ?? '#3a5ba8';
}

/** One person: picture or initials, name, what is muted, and a ring while they speak. */
@customElement('amphi-tile')
export class AmphiTile extends LitElement {
  static override styles = [
    theme,
    css`
      .tile {
        position: relative;
        aspect-ratio: 16 / 9;
        border-radius: 12px;
        overflow: hidden;
        background: var(--raised);
        display: grid;
        place-items: center;
        box-shadow: 0 0 0 1px var(--line);
      }
      .speaking {
        box-shadow: 0 0 0 2.5px var(--ok);
      }
      video {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .mirrored {
        transform: scaleX(-1);
      }
      .whole {
        object-fit: contain;
        background: #000;
      }
      .initials {
        display: grid;
        place-items: center;
        width: 34%;
        max-width: 92px;
        aspect-ratio: 1;
        border-radius: 50%;
        font-size: clamp(15px, 1.6vw, 26px);
        font-weight: 650;
        color: #fff;
      }
      .name {
        position: absolute;
        left: 8px;
        bottom: 8px;
        max-width: calc(100% - 16px);
        display: flex;
        align-items: center;
        gap: 6px;
        padding: 3px 8px;
        border-radius: 8px;
        background: rgb(8 11 18 / 78%);
        ${onPicture}
        font-size: 12.5px;
        font-weight: 550;
      }
      .name span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .name svg {
        width: 14px;
        height: 14px;
      }
      .resting {
        position: absolute;
        inset: 0;
        margin: 0;
        display: grid;
        place-items: center;
        /* Clear of the name below and of the menu's button. */
        padding: 8px 40px 34px;
        text-align: center;
        text-wrap: balance;
        font-size: 12.5px;
        line-height: 1.3;
        color: #fff;
        background: rgb(8 11 18 / 72%);
      }
      .outside {
        position: absolute;
        left: 8px;
        top: 8px;
        background: #3a2a10;
        color: #ffd591;
      }
      .bars {
        display: flex;
        align-items: end;
        gap: 2px;
      }
      .bars i {
        width: 3px;
        border-radius: 1px;
        background: rgb(255 255 255 / 28%);
      }
      .bars i:nth-child(1) {
        height: 5px;
      }
      .bars i:nth-child(2) {
        height: 8px;
      }
      .bars i:nth-child(3) {
        height: 11px;
      }
      .bars .on {
        background: var(--ok);
      }
      .bars.weak .on {
        background: #e0a526;
      }
      .bars.poor .on {
        background: var(--live-text);
      }
      .off {
        color: var(--live-text);
      }
    `,
  ];

  @property({ attribute: false }) person: Participant | null = null;
  @property({ attribute: false }) picture: MediaStream | null = null;
  @property({ type: Boolean }) self = false;
  @property({ type: Boolean }) speaking = false;
  /** Whether the picture rests because one's own link is too weak. */
  @property({ type: Boolean }) paused = false;
  /** How the person's link does; null while nobody knows. */
  @property() quality: Quality | null = null;
  /** Whether it says that the person is not in the broadcast. */
  @property({ type: Boolean }) outside = false;
  /** A screen is shown whole, and under its own caption. */
  @property({ type: Boolean }) screen = false;
  @property() caption = '';
  /** Is told at which size, in device pixels, the picture is shown. */
  @property({ attribute: false }) shown: Shown | null = null;
  @query('video') private video!: HTMLVideoElement | null;
  readonly #resized = new ResizeObserver(() => this.#tellSize());

  override render() {
    const person = this.person;
    const name = person?.name ?? '';
    const silent = !this.screen && (trackOf(person, 'microphone')?.muted ?? true);
    return html`<figure
      class="tile ${this.speaking ? 'speaking' : ''}"
      aria-label=${`${this.caption || name}${this.speaking ? ', speaking' : ''}${this.outside ? ', not in the broadcast' : ''}`}
    >
      ${
        this.screen
          ? nothing
          : html`<span
              class="initials"
              aria-hidden="true"
              style="background:${tintOf(person?.id ?? '')}"
              >${initials(name)}</span
            >`
      }
      ${
        this.picture
          ? html`<video
              class="${this.self && !this.screen ? 'mirrored' : ''} ${this.screen ? 'whole' : ''}"
              autoplay
              playsinline
              muted
            ></video>`
          : nothing
      }
      ${
        this.paused && this.picture
          ? html`<p class="resting" role="status">Paused: your connection is weak</p>`
          : nothing
      }
      ${this.outside ? html`<span class="outside badge">Not in the broadcast</span>` : nothing}
      <figcaption class="name">
        ${silent ? html`<span class="off" title="Microphone off">${icons.micOff}</span>` : nothing}
        <span>${this.caption || name}${this.self && !this.screen ? ' (you)' : ''}</span>
        ${this.screen ? nothing : this.#bars()}
      </figcaption>
    </figure>`;
  }

  #bars() {
    if (!this.quality) {
      return nothing;
    }
    const lit = { poor: 1, weak: 2, good: 3 }[this.quality];
    return html`<span
      class="bars ${this.quality}"
      role="img"
      title=${`Connection: ${this.quality}`}
      aria-label=${`Connection: ${this.quality}`}
    >
      ${[1, 2, 3].map((bar) => html`<i class=${bar <= lit ? 'on' : ''}></i>`)}
    </span>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
    this.shown?.(this, null, { width: 0, height: 0 });
  }

  #tellSize(): void {
    const { width, height } = this.getBoundingClientRect();
    const pixels = (length: number): number => Math.round(length * window.devicePixelRatio);
    this.shown?.(this, this.picture, { width: pixels(width), height: pixels(height) });
  }

  override updated(changed: PropertyValues<this>): void {
    if (changed.has('picture')) {
      this.#tellSize();
    }
    if (this.video && this.video.srcObject !== this.picture) {
      this.video.srcObject = this.picture;
      this.video.muted = true;
      void this.video.play().catch(() => undefined); // It plays when the page is shown again.
    }
  }
}
