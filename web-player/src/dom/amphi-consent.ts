import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { FORBIDDEN, inBroadcast } from '../core/consent/consent.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

/** One's own place in the broadcast, to be changed at any time on the stage. */
@customElement('amphi-consent')
export class AmphiConsent extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .narrow {
        display: none;
      }
      @media (max-width: 860px) {
        .wide {
          display: none;
        }
        .narrow {
          display: inline;
        }
        /* One's own tile says it too; here its colour is on what changes it. */
        .badge {
          position: absolute;
          clip-path: inset(50%);
        }
        .narrow-out {
          background: var(--notice-ground);
          color: var(--notice-text);
        }
      }
      .out {
        background: var(--notice-ground);
        color: var(--notice-text);
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  readonly #watching = new Watching(this, () => [this.session?.state] as never);

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  override render() {
    const self = this.session.state.value.self;
    if (!self || (self.state !== 'on_stage' && self.state !== 'backstage')) {
      return nothing;
    }
    const shown = inBroadcast(self);
    return html`<span role="status"
        >${
          shown
            ? html`<span class="visually-hidden">You are in the broadcast</span>`
            : html`<span
                class="badge out"
                title=${self.consent === 'forbidden' ? FORBIDDEN : nothing}
                >Not in the broadcast</span
              >`
        }</span
      >${
        self.consent === 'forbidden'
          ? nothing
          : html`<button
              class="small quiet ${shown ? '' : 'narrow-out'}"
              aria-label=${shown ? 'Take me out of the broadcast' : 'Put me in the broadcast'}
              @click=${() => this.session.answer(!shown)}
            >
              <span class="wide"
                >${shown ? 'Take me out of the broadcast' : 'Put me in the broadcast'}</span
              ><span class="narrow">${shown ? 'Take me out' : 'Put me in'}</span>
            </button>`
      }`;
  }
}
