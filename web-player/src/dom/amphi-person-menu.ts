import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { isHidden, isInSpotlight, withHidden, withSpotlight } from '../core/room/picture.ts';
import type { Participant } from '../core/signal/messages.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import { icons } from './icons.ts';
import { rove } from './roving.ts';
import { onPicture, theme } from './theme.ts';

const ITEMS = '[role^="menuitem"]';
const EDGE = 8;

/** What who moderates can do with somebody; lies over everything, whatever it stands in. */
@customElement('amphi-person-menu')
export class AmphiPersonMenu extends LitElement {
  static override styles = [
    theme,
    css`
      .opener {
        width: 30px !important;
        min-height: 30px;
        background: rgb(8 11 18 / 72%);
        ${onPicture}
      }
      .opener:hover {
        background: rgb(8 11 18 / 94%) !important;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        min-width: 232px;
        padding: 6px;
        border-radius: 14px;
        color: var(--text);
        background: var(--surface);
        border: 1px solid var(--line);
        box-shadow: var(--shadow);
      }
      [popover]:popover-open {
        display: grid;
      }
      h3 {
        padding: 6px 10px 4px;
        font-size: 12.5px;
        font-weight: 600;
        letter-spacing: 0;
        color: var(--soft);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      [role^='menuitem'] {
        justify-content: flex-start;
        gap: 10px;
        padding: 0 10px;
        min-height: 38px;
        font-size: 14px;
        font-weight: 500;
        background: transparent;
      }
      [role^='menuitem'] svg {
        width: 18px;
        height: 18px;
        color: var(--soft);
      }
      [role^='menuitem'] span {
        flex: 1;
        text-align: left;
      }
      .danger-item,
      .danger-item svg {
        color: var(--live-text) !important;
      }
      [role='separator'] {
        height: 1px;
        margin: 5px 8px;
        background: var(--line);
      }
      @media (max-width: 860px) {
        [popover] {
          inset: auto 10px calc(10px + env(safe-area-inset-bottom)) !important;
          width: auto;
        }
        [role^='menuitem'] {
          min-height: 46px;
          font-size: 15px;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  @property({ attribute: false }) person!: Participant;
  /** Whether it is oneself, who is not to be sent away. */
  @property({ type: Boolean }) self = false;
  @state() private open = false;
  @query('.opener') private opener!: HTMLButtonElement;
  @query('[popover]') private list!: HTMLElement;
  @query('amphi-dialog') private question!: AmphiDialog | null;

  override render() {
    const { name } = this.person;
    return html`<button
        class="opener small icon"
        aria-label="What to do with ${name}"
        aria-haspopup="menu"
        aria-expanded=${this.open}
        popovertarget="list"
      >
        ${icons.more}
      </button>
      <div
        id="list"
        popover
        role="menu"
        aria-label=${name}
        @toggle=${this.#toggled}
        @keydown=${this.#key}
      >
        ${this.open ? this.#items() : nothing}
      </div>
      ${this.self ? nothing : this.#removal()}`;
  }

  #removal() {
    const { name } = this.person;
    return html`<amphi-dialog heading="Remove ${name} from the class?">
      <p class="soft">${name} leaves at once and cannot come back with the same link.</p>
      <button slot="actions" class="quiet" @click=${() => this.question?.close()}>Keep</button>
      <button slot="actions" class="danger" @click=${() => this.#moderate('remove')}>Remove</button>
    </amphi-dialog>`;
  }

  #items() {
    const { name, state } = this.person;
    return html`<h3 aria-hidden="true">${name}</h3>
      ${state === 'on_stage' ? this.#picture() : nothing}
      ${
        this.self
          ? nothing
          : html`<div role="separator"></div>
              ${this.#item('Mute', icons.micOff, () => this.#moderate('mute'))}
              ${this.#item('Stop camera', icons.camOff, () => this.#moderate('stop_video'))}
              <div role="separator"></div>
              ${
                state === 'on_stage'
                  ? this.#item('Send backstage', icons.backstage, () => this.#to('backstage'))
                  : nothing
              }
              ${this.#item('Send back to the audience', icons.leave, () => this.#to('off_stage'))}
              ${this.#item(
                'Remove from the class',
                icons.close,
                () => {
                  this.list.hidePopover();
                  this.question?.show();
                },
                'danger-item',
              )}`
      }`;
  }

  #picture() {
    const state = this.session.state.value;
    const { id } = this.person;
    const led = isInSpotlight(state, id);
    const hidden = isHidden(state, id);
    return html`${this.#check('Spotlight', icons.star, led, withSpotlight(id, !led))}
    ${this.#check('Hide from the picture', icons.eyeOff, hidden, withHidden(state, id, !hidden))}`;
  }

  #check(label: string, icon: unknown, on: boolean, wish: Readonly<Record<string, unknown>>) {
    return html`<button
      role="menuitemcheckbox"
      tabindex="-1"
      aria-checked=${on}
      @click=${() => this.#do('layout', wish)}
    >
      ${icon}<span>${label}</span>${on ? icons.check : nothing}
    </button>`;
  }

  #item(label: string, icon: unknown, press: () => void, kind = '') {
    return html`<button role="menuitem" class=${kind} tabindex="-1" @click=${press}>
      ${icon}<span>${label}</span>
    </button>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') {
      this.list.hidePopover();
    }
    rove(event, this.list, ITEMS);
  };

  readonly #toggled = async (event: ToggleEvent): Promise<void> => {
    this.open = event.newState === 'open';
    if (this.open) {
      await this.updateComplete;
      this.#place();
      this.list.querySelector<HTMLElement>(ITEMS)?.focus();
    }
  };

  /** Below its button where there is room, else above; never beyond the window's edge. */
  #place(): void {
    const at = this.opener.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.list;
    const below = at.bottom + 6;
    const top = below + height + EDGE <= innerHeight ? below : at.top - 6 - height;
    this.list.style.top = `${Math.max(EDGE, top)}px`;
    this.list.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
  }

  #to(state: string): void {
    this.#do('stage', { participant: this.person.id, to: state });
  }

  #moderate(action: string): void {
    this.#do('moderate', { participant: this.person.id, action });
  }

  #do(type: string, fields: Readonly<Record<string, unknown>>): void {
    this.list.hidePopover();
    this.question?.close();
    void this.session.ask(type, fields);
  }
}
