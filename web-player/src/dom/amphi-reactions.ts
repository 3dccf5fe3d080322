import { LitElement, css, html } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { ClassSession } from '../app/class-session.ts';
import { dueAt, REACTIONS, told, waitingWith, type Reaction } from '../core/reactions/reactions.ts';
import { theme } from './theme.ts';

const FLOATS_MS = 3_200;
const MOST_FLOATING = 40;
/** A screen reader hears of reactions together, and no more often. */
const TELL_AFTER_MS = 2_500;

interface Floating {
  readonly key: number;
  readonly emoji: string;
  /** From 0, at the left, to 1. */
  readonly across: number;
}

/** The row of reactions, and everybody's as they rise from it over what is above. */
@customElement('amphi-reactions')
export class AmphiReactions extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        position: relative;
      }
      .bar {
        display: flex;
        justify-content: center;
        gap: 4px;
      }
      button {
        min-height: 40px;
        width: 44px;
        padding: 0;
        border-radius: 20px;
        background: transparent;
        font-size: 21px;
        line-height: 1;
      }
      button:active {
        transform: scale(1.2);
      }
      /* Some fonts for text have a few of them too, without colour. */
      button,
      .floats {
        font-family: 'Apple Color Emoji', 'Segoe UI Emoji', 'Noto Color Emoji', sans-serif;
      }
      .floats {
        position: absolute;
        inset: auto 0 100%;
        height: 0;
        z-index: 4;
        pointer-events: none;
      }
      .floats span {
        position: absolute;
        bottom: 0;
        font-size: 34px;
        line-height: 1;
        filter: drop-shadow(0 2px 6px rgb(0 0 0 / 55%));
        animation: rise 3.2s cubic-bezier(0.25, 0.5, 0.6, 1) forwards;
      }
      @media (max-width: 420px) {
        button {
          width: 40px;
        }
        .bar {
          gap: 0;
        }
      }
      @keyframes rise {
        0% {
          transform: translateY(0) scale(0.5);
          opacity: 0;
        }
        12% {
          transform: translateY(-24px) scale(1.15);
          opacity: 1;
        }
        70% {
          opacity: 1;
        }
        100% {
          transform: translateY(min(-34vh, -180px)) scale(1);
          opacity: 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        /* They stand in a row for the same time instead. */
        .floats {
          height: auto;
          padding: 8px;
          display: flex;
          flex-wrap: wrap-reverse;
          justify-content: center;
          gap: 6px;
        }
        .floats span {
          position: static;
          animation: none !important;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: ClassSession | null = null;
  /** Where the viewer's playhead is; null where everything is seen as it happens. */
  @property({ attribute: false }) playheadMs: number | null = null;
  @state() private floating: readonly Floating[] = [];
  @state() private words = '';
  #waiting: readonly Reaction[] = [];
  #untold: readonly Reaction[] = [];
  #telling: ReturnType<typeof setTimeout> | undefined;
  #count = 0;
  #unwatch: () => void = () => undefined;

  override render() {
    return html`<div class="floats" aria-hidden="true">
        ${repeat(
          this.floating,
          ({ key }) => key,
          ({ emoji, across }) =>
            html`<span style=${styleMap({ left: `${8 + across * 78}%` })}>${emoji}</span>`,
        )}
      </div>
      <div class="bar" role="group" aria-label="React">
        ${REACTIONS.map(
          ({ emoji, label }) =>
            html`<button
              aria-label=${label}
              title=${label}
              @click=${() => void this.session?.ask('reaction', { emoji })}
            >
              ${emoji}
            </button>`,
        )}
      </div>
      <p class="visually-hidden" role="status">${this.words}</p>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unwatch();
    clearTimeout(this.#telling);
    this.#telling = undefined;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#listen();
    }
    if (changed.has('playheadMs')) {
      this.#showDue();
    }
  }

  #listen(): void {
    this.#unwatch();
    const before = this.session?.reaction.value;
    const stop = this.session?.reaction.watch((reaction) => {
      if (reaction && reaction !== before) {
        this.#waiting = waitingWith(this.#waiting, reaction);
        this.#showDue();
      }
    });
    this.#unwatch = stop ?? (() => undefined);
  }

  #showDue(): void {
    const self = this.session?.state.value.self?.id ?? '';
    const { due, waiting } = dueAt(this.#waiting, this.playheadMs, self);
    this.#waiting = waiting;
    due.forEach((reaction) => this.#float(reaction.emoji));
    this.#untold = [...this.#untold, ...due.filter(({ from }) => from.id !== self)];
    if (this.#untold.length > 0) {
      this.#telling ??= setTimeout(() => {
        this.#telling = undefined;
        this.words = told(this.#untold);
        this.#untold = [];
      }, TELL_AFTER_MS);
    }
  }

  #float(emoji: string): void {
    const key = ++this.#count;
    this.floating = [...this.floating, { key, emoji, across: Math.random() }].slice(-MOST_FLOATING);
    setTimeout(() => (this.floating = this.floating.filter((one) => one.key !== key)), FLOATS_MS);
  }
}
