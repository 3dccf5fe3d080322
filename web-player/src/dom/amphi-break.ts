import { LitElement, css, html } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { clockOffsetMs } from '../app/server-clock.ts';
import { BREAKS, afterMinutes, atClock, clockOf } from '../core/room/pause.ts';
import type { Room } from '../core/signal/messages.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import './amphi-dialog.ts';
import { theme } from './theme.ts';

/** The button that sends the class into a break, and brings it back. */
@customElement('amphi-break')
export class AmphiBreak extends LitElement {
  static override styles = [
    theme,
    css`
      .lengths {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 10px;
        margin-top: 16px;
      }
      .wrong {
        color: var(--live-text);
      }
      @media (max-width: 860px) {
        .until {
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

  override render() {
    const until = this.room.break_until;
    return html`${
        until
          ? html`<button class="primary" @click=${() => this.session.ask('break', { until: null })}>
              Back<span class="until">&nbsp;(break until ${clockOf(new Date(until))})</span>
            </button>`
          : html`<button class="quiet" @click=${() => this.#choose()}>Break</button>`
      }<amphi-dialog heading="Take a break">
        <p class="soft">
          The audience sees until when, and nobody is seen or heard by it. The stage goes on.
        </p>
        <div class="lengths">
          ${BREAKS.map(
            (minutes) =>
              html`<button @click=${() => void this.#begin((now) => afterMinutes(minutes, now))}>
                ${minutes} minutes
              </button>`,
          )}
        </div>
        <form class="lengths" @submit=${(event: Event) => this.#atClock(event)}>
          <label>Until <input type="time" required /></label>
          <button>Begin</button>
          <span class="wrong" role="alert">${this.wrong}</span>
        </form>
        <button slot="actions" class="quiet" @click=${() => this.dialog.close()}>No break</button>
      </amphi-dialog>`;
  }

  #choose(): void {
    this.wrong = '';
    this.dialog.show();
  }

  #atClock(event: Event): void {
    event.preventDefault();
    const clock = this.clock.value;
    if (atClock(clock, Date.now()) === null) {
      this.wrong = 'Say a time as 10:45.';
      return;
    }
    // What this clock shows is what was meant; a wrong clock is put right only for lengths.
    void this.session.ask('break', { until: atClock(clock, Date.now())?.toISOString() });
    this.dialog.close();
  }

  async #begin(end: (nowMs: number) => Date): Promise<void> {
    this.dialog.close();
    const now = Date.now() - (await clockOffsetMs());
    await this.session.ask('break', { until: end(now).toISOString() });
  }
}
