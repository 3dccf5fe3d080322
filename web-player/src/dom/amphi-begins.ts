import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { clockOffsetMs } from '../app/server-clock.ts';
import { leftOf, momentOf } from '../core/room/pause.ts';
import { theme } from './theme.ts';

const SECOND_MS = 1000;
/** Longer before the class nobody sits and counts. */
const COUNTS_FROM_MS = 24 * 3_600_000;

/** When the class begins, and how long that still is; nothing once the time has come. */
@customElement('amphi-begins')
export class AmphiBegins extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        color: inherit;
      }
      .left {
        margin-top: 6px;
        font-size: clamp(34px, 7cqi, 64px);
        line-height: 1.1;
        font-weight: 680;
        letter-spacing: -0.02em;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  /** ISO 8601. */
  @property() at = '';
  #offsetMs = 0;
  #ticking = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    void clockOffsetMs().then((offset) => (this.#offsetMs = offset));
    this.#ticking = window.setInterval(() => this.requestUpdate(), SECOND_MS);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearInterval(this.#ticking);
  }

  override render() {
    const at = Date.parse(this.at);
    const now = Date.now() - this.#offsetMs;
    const left = leftOf(at, now);
    return left
      ? html`<p>It begins at ${momentOf(new Date(at), new Date(now))}</p>
          ${
            at - now <= COUNTS_FROM_MS
              ? html`<p class="left" role="timer" aria-label="Time until the class begins">
                  ${left}
                </p>`
              : nothing
          }`
      : nothing;
  }
}
