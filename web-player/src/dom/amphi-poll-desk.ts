import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import type { Poll } from '../core/polls/poll.ts';
import './amphi-ask.ts';
import type { AmphiAsk } from './amphi-ask.ts';
import './amphi-poll.ts';
import type { AmphiPoll } from './amphi-poll.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

/** For those who lead the class: the way to ask it something, and what is answered. */
@customElement('amphi-poll-desk')
export class AmphiPollDesk extends LitElement {
  static override styles = [
    theme,
    css`
      .ask {
        padding: 10px 12px 0;
      }
      .ask button {
        width: 100%;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      /* There the tools have it, behind More. */
      @media (max-width: 860px) {
        .ask {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  @query('amphi-ask') private dialog!: AmphiAsk;
  @query('amphi-poll') private card!: AmphiPoll;
  @query('.ask button') private askButton!: HTMLElement | null;
  /** Where the focus goes when what was pressed is gone. */
  #goesOn: 'card' | 'ask' | null = null;
  readonly #watching = new Watching(this, () => [this.session?.state] as never);

  /** Opens the form of a new question. */
  ask(): void {
    this.dialog.show();
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  override updated(): void {
    const { poll } = this.session.state.value;
    if (this.#goesOn === 'card' && poll) {
      this.#goesOn = null;
      void this.card.updateComplete.then(() => this.card.focus());
    } else if (this.#goesOn === 'ask' && !poll) {
      this.#goesOn = null;
      this.askButton?.focus();
    }
  }

  override render() {
    const { poll } = this.session.state.value;
    return html`${
        poll
          ? nothing
          : html`<div class="ask">
              <button class="small" @click=${() => this.ask()}>${icons.poll}Ask a question</button>
            </div>`
      }<amphi-poll leads .poll=${poll}>${poll ? this.#actions(poll) : nothing}</amphi-poll>
      <amphi-ask
        .session=${this.session}
        @asked=${() => {
          this.#goesOn = 'card';
          this.requestUpdate();
        }}
      ></amphi-ask>`;
  }

  /** The first of them stays where it is, so that whoever pressed it keeps the focus. */
  #actions(poll: Poll) {
    return html`<div class="actions" slot="actions">
      <button
        class="small ${poll.open ? 'primary' : ''}"
        @click=${() => (poll.open ? this.session.ask('poll_close', { poll: poll.id }) : this.ask())}
      >
        ${poll.open ? 'Close the vote' : 'Ask another question'}
      </button>
      <button class="small quiet" @click=${() => this.#takeAway(poll)}>Take it away</button>
    </div>`;
  }

  async #takeAway(poll: Poll): Promise<void> {
    this.#goesOn = 'ask';
    if (!(await this.session.ask('poll_clear', { poll: poll.id }))) {
      this.#goesOn = null;
    }
  }
}
