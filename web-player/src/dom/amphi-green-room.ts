import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Room } from '../core/signal/messages.ts';
import type { LocalMedia } from '../webrtc/local-media.ts';
import './amphi-devices.ts';
import type { AmphiDevices } from './amphi-devices.ts';
import { icons, mark } from './icons.ts';
import { theme } from './theme.ts';

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
          radial-gradient(900px 480px at 50% -10%, #18264a 0%, transparent 65%), var(--bg);
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
        gap: 10px;
        margin-top: 8px;
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
          align-items: start;
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
          <p class="soft">
            ${this.name ? html`You come in as <b>${this.name}</b>. ` : nothing}What you show and say
            on stage is seen by the audience and may be recorded. Going in means that you agree.
          </p>
          ${
            this.trouble
              ? html`<p class="trouble" role="alert">
                  ${icons.warning}<span>${this.trouble}</span>
                </p>`
              : nothing
          }
          <div class="actions">
            <button class="primary" ?disabled=${this.busy || !this.asked} @click=${this.#enter}>
              ${this.busy ? 'Going in …' : 'Enter the studio'}
            </button>
            ${
              this.asked
                ? nothing
                : html`<button class="quiet" ?disabled=${this.busy} @click=${this.#enter}>
                    Enter with camera and microphone off
                  </button>`
            }
          </div>
        </section>
      </main>`;
  }

  async #ask(): Promise<void> {
    this.asked = true;
    await this.updateComplete;
    await this.devices?.ask();
  }

  #enter(): void {
    this.dispatchEvent(new CustomEvent('enter'));
  }
}
