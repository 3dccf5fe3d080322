import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { clockOffsetMs } from '../app/server-clock.ts';
import { BREAKS, afterMinutes, atClock, leftOf } from '../core/room/pause.ts';
import type { Room } from '../core/signal/messages.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import './amphi-dialog.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';
import { toolStyles } from './tool-styles.ts';

const SECOND_MS = 1000;

/** The button that sends the class into a break, and brings it back. */
@customElement('amphi-break')
export class AmphiBreak extends LitElement {
  static override styles = [
    theme,
    toolStyles,
    css`
      :host {
        display: block;
      }
      .back {
        flex-direction: column;
        gap: 0;
        min-height: 48px;
        margin: 0 4px;
        padding: 4px 16px;
        line-height: 1.3;
      }
      .back small {
        font-size: 11.5px;
        font-variant-numeric: tabular-nums;
      }
      .lengths {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        gap: 10px;
        margin: 18px 0;
      }
      .lengths button {
        padding: 0;
      }
      form {
        display: flex;
        align-items: end;
        gap: 10px;
      }
      label {
        flex: 1;
      }
      form button {
        min-height: 46px;
      }
      .wrong:empty {
        display: none;
      }
      .wrong {
        margin-top: 10px;
        font-size: 14px;
        color: var(--live-text);
      }
      @media (max-width: 860px) {
        .back {
          padding: 4px 10px;
        }
        .long {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  @property({ attribute: false }) room!: Room;
  @state() private wrong = '';
  @query('amphi-dialog') private dialog!: AmphiDialog;
  @query('input') private clock!: HTMLInputElement;
  #offsetMs = 0;
  #ticking = 0;

  override render() {
    const until = this.room.break_until;
    return html`${until ? this.#back(Date.parse(until)) : this.#begin()}
      <amphi-dialog heading="Take a break">
        <p class="soft">
          The audience sees until when, and neither sees nor hears anybody. Those on stage still see
          and hear each other.
        </p>
        <div class="lengths">
          ${BREAKS.map(
            (minutes) =>
              html`<button @click=${() => void this.#lasting(minutes)}>${minutes} minutes</button>`,
          )}
        </div>
        <form @submit=${(event: Event) => this.#atClock(event)}>
          <label>Or until <input type="time" required /></label>
          <button class="primary">Begin</button>
        </form>
        <p class="wrong" role="alert">${this.wrong}</p>
        <button slot="actions" class="quiet" @click=${() => this.dialog.close()}>No break</button>
      </amphi-dialog>`;
  }

  #begin() {
    return html`<button class="tool" title="Take a break" @click=${() => this.#choose()}>
      ${icons.pauseClock}<span>Break</span>
    </button>`;
  }

  #back(untilMs: number) {
    const left = leftOf(untilMs, Date.now() - this.#offsetMs);
    return html`<button
      class="primary back"
      aria-label="Back to class"
      title="End the break"
      @click=${() => this.session.ask('break', { until: null })}
    >
      <span>Back<span class="long"> to class</span></span>
      <small>${left ? `${left} left` : 'time is up'}</small>
    </button>`;
  }

  override updated(): void {
    const ticks = Boolean(this.room.break_until);
    if (ticks && this.#ticking === 0) {
      void clockOffsetMs().then((offset) => (this.#offsetMs = offset));
      this.#ticking = window.setInterval(() => this.requestUpdate(), SECOND_MS);
    } else if (!ticks) {
      this.#stop();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop();
  }

  #stop(): void {
    window.clearInterval(this.#ticking);
    this.#ticking = 0;
  }

  #choose(): void {
    this.wrong = '';
    this.dialog.show();
  }

  #atClock(event: Event): void {
    event.preventDefault();
    const until = atClock(this.clock.value, Date.now());
    if (until === null) {
      this.wrong = 'Say a time as 10:45.';
      return;
    }
    // What this clock shows is what was meant; a wrong clock is put right only for lengths.
    void this.session.ask('break', { until: until.toISOString() });
    this.dialog.close();
  }

  async #lasting(minutes: number): Promise<void> {
    this.dialog.close();
    const now = Date.now() - (await clockOffsetMs());
    await this.session.ask('break', { until: afterMinutes(minutes, now).toISOString() });
  }
}
