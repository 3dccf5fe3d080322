import { LitElement, css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Participant, Room } from '../core/signal/messages.ts';
import { theme } from './theme.ts';

/** Asks the page to send a command that keeps the door. */
export class DoorCommand extends CustomEvent<{
  type: string;
  fields: Readonly<Record<string, unknown>>;
}> {
  constructor(type: string, fields: Readonly<Record<string, unknown>>) {
    super('door-command', { detail: { type, fields } });
  }
}

/** For those who lead the class: the lock, the waiting room, and who waits in it. */
@customElement('amphi-door')
export class AmphiDoor extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: grid;
        gap: 10px;
        padding: 14px 14px 0;
      }
      input[role='switch'] {
        appearance: none;
        position: relative;
        width: 36px;
        height: 20px;
        border-radius: 10px;
        background: var(--control-line);
        cursor: pointer;
        transition: background 0.15s;
      }
      input[role='switch']::before {
        content: '';
        position: absolute;
        inset: 3px auto auto 3px;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        background: #fff;
        transition: translate 0.15s;
      }
      input[role='switch']:checked {
        background: var(--accent);
      }
      input[role='switch']:checked::before {
        translate: 16px 0;
        background: var(--on-accent);
      }
      label,
      li {
        display: flex;
        align-items: center;
        gap: 10px;
      }
      li {
        padding: 10px;
        border-radius: 12px;
        background: var(--raised);
      }
      ul {
        display: grid;
        gap: 8px;
      }
      .name {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-weight: 550;
      }
    `,
  ];

  @property({ attribute: false }) room: Room | null = null;
  @property({ attribute: false }) waiting: readonly Participant[] = [];

  override render() {
    return html`${this.#switch('Lock the class', this.room?.locked ?? false, (locked) =>
      this.#ask('lock', { locked }),
    )}${this.#switch('Waiting room', this.room?.waiting_room ?? false, (on) =>
      this.#ask('waiting_room', { on }),
    )}${this.waiting.length ? this.#waiting() : nothing}`;
  }

  #switch(label: string, on: boolean, change: (on: boolean) => void) {
    return html`<label
      ><input
        type="checkbox"
        role="switch"
        .checked=${on}
        @change=${(event: Event) => change((event.target as HTMLInputElement).checked)}
      />${label}</label
    >`;
  }

  #waiting() {
    return html`<ul aria-label="Waiting to come in">
      ${repeat(
        this.waiting,
        (person) => person.id,
        (person) =>
          html`<li>
            <span class="name">${person.name}</span>
            <button
              class="small primary"
              aria-label="Admit ${person.name}"
              @click=${() => this.#ask('admit', { participant: person.id })}
            >
              Admit
            </button>
            <button
              class="small quiet"
              aria-label="Turn ${person.name} away"
              @click=${() => this.#ask('deny', { participant: person.id })}
            >
              Turn away
            </button>
          </li>`,
      )}
    </ul>`;
  }

  #ask(type: string, fields: Readonly<Record<string, unknown>>): void {
    this.dispatchEvent(new DoorCommand(type, fields));
  }
}
