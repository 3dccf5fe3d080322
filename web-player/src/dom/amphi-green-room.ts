import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { consequence, FORBIDDEN, QUESTION } from '../core/consent/consent.ts';
import { beyond } from '../core/room/elsewhere.ts';
import type { Room } from '../core/signal/messages.ts';
import type { LocalMedia } from '../webrtc/local-media.ts';
import './amphi-devices.ts';
import type { AmphiDevices } from './amphi-devices.ts';
import { icons, mark } from './icons.ts';
import { theme } from './theme.ts';

/** The person goes in, and has said whether the audience may see and hear them. */
export type Enter = CustomEvent<{ given: boolean }>;

/** The room before the stage: one sees and hears oneself, and chooses when to go in. */
@customElement('amphi-green-room')
export class AmphiGreenRoom extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        min-height: 100vh;
        display: grid;
        grid-template-rows: auto 1fr;
        background:
          radial-gradient(900px 480px at 50% -10%, var(--glow) 0%, transparent 65%), var(--bg);
      }
      header {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 22px 28px;
        font-weight: 650;
        font-size: 17px;
      }
      .mark {
        width: 28px;
        height: 28px;
        color: var(--accent);
      }
      main {
        display: grid;
        grid-template-columns: minmax(0, 1.35fr) minmax(0, 1fr);
        gap: 56px;
        align-items: center;
        width: min(1080px, 100%);
        margin: 0 auto;
        padding: 12px 28px 48px;
      }
      h1 {
        font-size: 34px;
        text-wrap: balance;
        overflow-wrap: anywhere;
      }
      .words {
        display: grid;
        gap: 16px;
      }
      .actions {
        display: grid;
        gap: 8px;
        margin-top: 8px;
        border: 0;
        padding: 0;
        min-width: 0;
      }
      .actions h2 {
        font-size: 17px;
      }
      .actions button {
        white-space: normal;
      }
      .actions p + button {
        margin-top: 10px;
      }
      .actions button {
        min-height: 52px;
      }
      .ask {
        aspect-ratio: 16 / 9;
        border-radius: var(--radius);
        border: 1px dashed var(--control-line);
        display: grid;
        place-items: center;
        place-content: center;
        gap: 16px;
        text-align: center;
        padding: 24px;
        color: var(--soft);
      }
      .ask svg {
        width: 34px;
        height: 34px;
      }
      @media (max-width: 860px) {
        header {
          padding: 16px 18px;
        }
        main {
          grid-template-columns: 1fr;
          gap: 24px;
          padding: 0 18px 28px;
          place-items: start stretch;
          align-content: start;
        }
        h1 {
          font-size: 26px;
        }
      }
    `,
  ];

  @property({ attribute: false }) local!: LocalMedia;
  @property({ attribute: false }) room: Room | null = null;
  @property() name = '';
  @property() as = '';
  @property() trouble = '';
  /** What was answered the last time; null for a first visit. */
  @property({ attribute: false }) remembered: boolean | null = null;
  /** Whether the link itself says no. */
  @property({ type: Boolean }) forbidden = false;
  @property({ type: Boolean }) busy = false;
  @state() private asked = false;
  @query('amphi-devices') private devices!: AmphiDevices | null;

  override render() {
    return html`<header>${mark} Amphi</header>
      <main>
        <section aria-label="Camera and microphone">
          ${
            this.asked
              ? html`<amphi-devices .local=${this.local}></amphi-devices>`
              : html`<div class="ask">
                  ${icons.cam}
                  <p>See and hear yourself before anybody else does.</p>
                  <button class="primary" @click=${this.#ask}>Turn on camera and microphone</button>
                </div>`
          }
        </section>
        <section class="words">
          <p class="soft">${this.as === 'instructor' ? 'Your class' : 'You are invited to'}</p>
          <h1>${this.room?.title ?? '…'}</h1>
          <p class="soft">${this.name ? html`You come in as <b>${this.name}</b>.` : nothing}</p>
          ${
            this.trouble
              ? html`<p class="trouble" role="alert">
                  ${icons.warning}<span>${this.trouble}</span>
                </p>`
              : nothing
          }
          ${this.forbidden ? this.#told() : this.#question()}
        </section>
      </main>`;
  }

  /** The press that goes in is the answer: nothing is ticked beforehand. */
  #question() {
    const said = this.remembered;
    return html`<section class="actions" aria-labelledby="question">
      <h2 id="question">${QUESTION}</h2>
      ${
        said === null
          ? nothing
          : html`<p class="soft">Last time you said ${said ? 'yes' : 'no'}.</p>`
      }
      ${this.#way(true, 'Enter the studio', said !== false)}
      ${said === false ? nothing : this.#deviceless(true)}
      <p id="yes" class="soft">
        ${consequence(true, this.room?.recording ?? false)} ${beyond(this.room)}
      </p>
      ${this.#way(false, 'Enter, but not in the broadcast', said === false)}
      <p id="no" class="soft">${consequence(false, this.room?.recording ?? false)}</p>
      <p class="soft">You can change your mind at any time on the stage.</p>
    </section>`;
  }

  #told() {
    return html`<div class="actions">
      <p id="no">${FORBIDDEN}</p>
      ${this.#way(false, 'Enter the studio', true)}
    </div>`;
  }

  #way(given: boolean, label: string, first: boolean) {
    return html`<button
      class=${first ? 'primary' : 'quiet'}
      aria-describedby=${given ? 'yes' : 'no'}
      ?disabled=${this.busy || (given && !this.asked)}
      @click=${() => this.#enter(given)}
    >
      ${this.busy && first ? 'Going in …' : label}
    </button>`;
  }

  #deviceless(given: boolean) {
    return this.asked
      ? nothing
      : html`<button
          class="quiet"
          aria-describedby=${given ? 'yes' : 'no'}
          ?disabled=${this.busy}
          @click=${() => this.#enter(given)}
        >
          Enter with camera and microphone off
        </button>`;
  }

  async #ask(): Promise<void> {
    this.asked = true;
    await this.updateComplete;
    await this.devices?.ask();
  }

  #enter(given: boolean): void {
    const enter: Enter = new CustomEvent('enter', { detail: { given } });
    this.dispatchEvent(enter);
  }
}
