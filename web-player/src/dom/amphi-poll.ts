import { LitElement, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { chosen, isReached, type KnownPoll } from '../core/polls/poll.ts';
import { newsOf, sharesOf, votersInWords, votesInWords } from '../core/polls/result.ts';
import { icons } from './icons.ts';
import { pollStyles } from './poll-styles.ts';
import { rove } from './roving.ts';
import { theme } from './theme.ts';

/** Where a program is played its playhead is known soon; where it is not by then, nobody waits. */
const PATIENCE_MS = 8_000;
/** A screen reader hears what changes in a place that it knows already. */
const TELL_AFTER_MS = 500;

/** Tells the page which answer was pressed; the page sends it. */
export class Vote extends CustomEvent<number> {
  constructor(option: number) {
    super('vote', { detail: option });
  }
}

/** The question to the class, as far as the playhead has come: answers to press, then the result. */
@customElement('amphi-poll')
export class AmphiPoll extends LitElement {
  static override styles = [theme, pollStyles];

  @property({ attribute: false }) poll: KnownPoll | null = null;
  /** Where the viewer's playhead is; null where there is none. */
  @property({ attribute: false }) playheadMs: number | null = null;
  /** Whether a program is played here: a playhead that is missing is then only not known yet. */
  @property({ type: Boolean }) plays = false;
  /** Sees what is chosen while it is, and chooses nothing. */
  @property({ type: Boolean }) leads = false;
  @state() private words = '';
  @state() private waitedEnough = false;
  @query('section') private card!: HTMLElement | null;
  #shown: KnownPoll | null = null;
  #hadFocus = false;
  #waiting = 0;
  #telling = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.tabIndex = -1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetWaiting();
    window.clearTimeout(this.#telling);
  }

  /** To the question, or to where it was. */
  override focus(options?: FocusOptions): void {
    if (this.card) {
      this.card.focus(options);
    } else {
      super.focus(options);
    }
  }

  override willUpdate(): void {
    this.#hadFocus = (this.renderRoot as ShadowRoot | undefined)?.activeElement != null;
    if (this.playheadMs !== null) {
      this.#forgetWaiting();
    }
    const before = this.#shown;
    this.#shown = this.#isDue(before) ? this.poll : null;
    if (before?.id !== this.#shown?.id) {
      this.words = '';
    }
    const news = newsOf(before, this.#shown);
    if (news) {
      window.clearTimeout(this.#telling);
      this.#telling = window.setTimeout(() => (this.words = news), TELL_AFTER_MS);
    }
  }

  override updated(): void {
    if (this.#hadFocus && (this.renderRoot as ShadowRoot).activeElement === null) {
      this.focus(); // What had it is gone, and nobody is to begin again at the top of the page.
    }
  }

  /** Who has seen it goes on seeing it, also after going back in the class. */
  #isDue(before: KnownPoll | null): boolean {
    const { poll } = this;
    if (!poll || poll.id === before?.id) {
      return poll !== null;
    }
    if (this.plays && this.playheadMs === null && !this.waitedEnough) {
      this.#waiting ||= window.setTimeout(() => (this.waitedEnough = true), PATIENCE_MS);
      return isReached(poll, Number.NEGATIVE_INFINITY);
    }
    return isReached(poll, this.playheadMs);
  }

  #forgetWaiting(): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = 0;
    this.waitedEnough = false;
  }

  override render() {
    const poll = this.#shown;
    return html`<p class="visually-hidden" role="status">${this.words}</p>
      ${keyed(poll?.id, poll ? this.#card(poll) : nothing)}`;
  }

  #card(poll: KnownPoll) {
    const answers = poll.open && !this.leads;
    // A result has nothing to press: it is a stop of the Tab key, so that the keys can scroll it.
    return html`<section
      aria-label="Question to the class"
      tabindex=${answers || this.leads ? -1 : 0}
    >
      <p class="kind">
        ${icons.poll}<span>Question to the class</span>
        ${poll.open ? nothing : html`<span class="badge">Closed</span>`}
      </p>
      <h2 id="question">${poll.question}</h2>
      ${answers ? this.#ballot(poll) : this.#result(poll)}
      <p class="hint">${answers ? hint(poll) : `${votersInWords(poll)}.`}</p>
      <slot name="actions"></slot>
    </section>`;
  }

  /** The arrow keys only move: what they come by is not chosen. */
  #ballot(poll: KnownPoll) {
    const choice = chosen(poll);
    return html`<div
      role="radiogroup"
      aria-labelledby="question"
      @keydown=${(event: KeyboardEvent) =>
        rove(event, event.currentTarget as Element, '[role="radio"]')}
    >
      ${poll.options.map(
        (option, index) =>
          html`<button
            role="radio"
            aria-checked=${index === choice}
            tabindex=${index === (choice ?? 0) ? 0 : -1}
            @click=${() => this.dispatchEvent(new Vote(index))}
          >
            <span class="dot">${index === choice ? icons.check : nothing}</span>
            <span>${option}</span>
          </button>`,
      )}
    </div>`;
  }

  #result(poll: KnownPoll) {
    return html`<ul aria-labelledby="question">
      ${sharesOf(poll).map(
        ({ option, votes, percent }, index) =>
          html`<li class=${index === poll.mine ? 'mine' : ''}>
            <span class="answer"
              >${option}${
                index === poll.mine
                  ? html` <span class="badge">${icons.check}Your answer</span>`
                  : nothing
              }</span
            >
            <span class="count">${votesInWords(votes)} <b>${percent} %</b></span>
            <span class="bar" aria-hidden="true"><i style="width:${percent}%"></i></span>
          </li>`,
      )}
    </ul>`;
  }
}

function hint({ mine, pressed }: KnownPoll): string {
  if (pressed !== undefined) {
    return 'Sending your answer …';
  }
  return mine === undefined
    ? 'Press the answer that you choose.'
    : 'Your answer counts: you may change it until the vote is closed.';
}
