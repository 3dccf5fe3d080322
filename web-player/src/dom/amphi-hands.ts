import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Participant } from '../core/signal/messages.ts';
import { initials, tintOf } from './amphi-tile.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';

/** Asks the page to bring somebody up, or to lower their hand. */
export class HandAnswer extends CustomEvent<{ participant: string; to: string }> {
  constructor(participant: string, to: 'accepted' | 'off_stage') {
    super('hand-answer', { detail: { participant, to } });
  }
}

/** The raised hands, who waited longest first. */
@customElement('amphi-hands')
export class AmphiHands extends LitElement {
  static override styles = [
    theme,
    css`
      ul {
        display: grid;
        gap: 8px;
        padding: 14px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 10px;
        border-radius: 12px;
        background: var(--raised);
      }
      .face {
        width: 34px;
        height: 34px;
        border-radius: 50%;
        display: grid;
        place-items: center;
        font-size: 13px;
        font-weight: 650;
        color: #fff;
        flex: none;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 550;
      }
      .empty {
        padding: 32px 20px;
        text-align: center;
        color: var(--soft);
        font-size: 14px;
        display: grid;
        justify-items: center;
        gap: 10px;
      }
    `,
  ];

  @property({ attribute: false }) hands: readonly Participant[] = [];
  @property({ type: Boolean }) decides = false;

  override render() {
    if (this.hands.length === 0) {
      return html`<p class="empty">${icons.hand} No hand is up.</p>`;
    }
    return html`<ul aria-label="Raised hands">
      ${repeat(
        this.hands,
        (person) => person.id,
        (person) =>
          html`<li>
            <span class="face" style="background:${tintOf(person.id)}"
              >${initials(person.name)}</span
            >
            <span class="name">${person.name}</span>
            ${this.decides ? this.#buttons(person) : ''}
          </li>`,
      )}
    </ul>`;
  }

  #buttons(person: Participant) {
    const answer = (to: 'accepted' | 'off_stage') => () =>
      this.dispatchEvent(new HandAnswer(person.id, to));
    return html`<button
        class="small primary"
        aria-label="Accept ${person.name}"
        @click=${answer('accepted')}
      >
        Accept</button
      ><button
        class="small icon quiet"
        aria-label="Lower ${person.name}'s hand"
        @click=${answer('off_stage')}
      >
        ${icons.close}
      </button>`;
  }
}
