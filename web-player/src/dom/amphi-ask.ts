import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, queryAll, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ClassSession } from '../app/class-session.ts';
import {
  askedBy,
  FEWEST_OPTIONS,
  isWrong,
  LONGEST_OPTION,
  LONGEST_QUESTION,
  MOST_OPTIONS,
  type Wrong,
} from '../core/polls/draft.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';

/** The form of a question to the class; what was written stays in it until it is asked. */
@customElement('amphi-ask')
export class AmphiAsk extends LitElement {
  static override styles = [
    theme,
    css`
      form,
      fieldset {
        display: grid;
        gap: 14px;
      }
      fieldset {
        gap: 8px;
        min-width: 0;
        margin: 0;
        padding: 0;
        border: 0;
      }
      legend {
        padding: 0;
        margin-bottom: 6px;
        font-size: 13.5px;
        color: var(--soft);
      }
      textarea {
        padding: 10px 14px;
        resize: vertical;
      }
      .row {
        display: flex;
        gap: 8px;
      }
      .row input {
        flex: 1;
        min-width: 0;
      }
      .add {
        justify-self: start;
      }
      [aria-invalid='true'] {
        border-color: var(--trouble-text) !important;
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  /** One number for each answer's field: fields come and go, and what is in the others stays. */
  @state() private rows: readonly number[] = fresh(0);
  @state() private wrong: Wrong | null = null;
  @state() private refused = '';
  @state() private busy = false;
  @query('amphi-dialog') private dialog!: AmphiDialog;
  @query('form') private form!: HTMLFormElement;
  @query('textarea') private question!: HTMLTextAreaElement;
  @queryAll('.row input') private answers!: NodeListOf<HTMLInputElement>;
  @query('.primary') private send!: HTMLButtonElement;

  show(): void {
    this.#forgive();
    this.dialog.show();
    this.requestUpdate();
  }

  override render() {
    const instead = this.session.state.value.poll !== null;
    return html`<amphi-dialog heading="Ask a question">
      <form id="ask" novalidate @submit=${this.#submit} @keydown=${this.#key}>
        ${
          instead
            ? html`<p class="soft">It takes the place of the question that is there now.</p>`
            : nothing
        }
        <label
          >Question
          <textarea
            name="question"
            rows="2"
            maxlength=${LONGEST_QUESTION}
            autofocus
            aria-invalid=${this.wrong?.at === 'question'}
            aria-describedby="wrong"
          ></textarea>
        </label>
        <fieldset>
          <legend>Answers to choose from</legend>
          ${repeat(
            this.rows,
            (row) => row,
            (_, index) => this.#row(index),
          )}
        </fieldset>
        ${
          this.rows.length < MOST_OPTIONS
            ? html`<button type="button" class="small add" @click=${() => void this.#add()}>
                Add an answer
              </button>`
            : nothing
        }
        <div id="wrong" role="alert">${this.#trouble()}</div>
      </form>
      <button slot="actions" class="quiet" @click=${() => this.dialog.close()}>Cancel</button>
      <button slot="actions" class="primary" form="ask" ?disabled=${this.busy}>
        ${this.busy ? 'One moment …' : 'Ask the class'}
      </button>
    </amphi-dialog>`;
  }

  #row(index: number) {
    return html`<div class="row">
      <input
        name="answer"
        aria-label="Answer ${index + 1}"
        maxlength=${LONGEST_OPTION}
        autocomplete="off"
        aria-invalid=${this.wrong?.at === index}
        aria-describedby="wrong"
      />
      ${
        this.rows.length > FEWEST_OPTIONS
          ? html`<button
              type="button"
              class="icon quiet"
              aria-label="Remove answer ${index + 1}"
              title="Remove"
              @click=${() => void this.#remove(index)}
            >
              ${icons.close}
            </button>`
          : nothing
      }
    </div>`;
  }

  #trouble() {
    const words = this.wrong?.words ?? this.refused;
    return words ? html`<p class="trouble">${icons.warning}<span>${words}</span></p>` : nothing;
  }

  async #add(): Promise<void> {
    this.rows = [...this.rows, Math.max(...this.rows) + 1];
    await this.updateComplete;
    this.answers[this.rows.length - 1]?.focus();
  }

  async #remove(index: number): Promise<void> {
    this.#forgive(); // It speaks of a place.
    this.rows = this.rows.filter((_, at) => at !== index);
    await this.updateComplete;
    this.answers[Math.min(index, this.rows.length - 1)]?.focus();
  }

  /** Enter goes on to the next field: the class is asked by the button, not in the midst of writing. */
  readonly #key = (event: KeyboardEvent): void => {
    const field = event.target as HTMLElement;
    if (event.key !== 'Enter' || event.isComposing || !field.matches('input, textarea')) {
      return;
    }
    event.preventDefault();
    const next = field === this.question ? 0 : [...this.answers].indexOf(field as never) + 1;
    if (next < this.answers.length) {
      this.answers[next]?.focus();
    } else if ((field as HTMLInputElement).value.trim() && next < MOST_OPTIONS) {
      void this.#add();
    } else {
      this.send.focus();
    }
  };

  readonly #submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    this.#forgive();
    const asked = askedBy(
      this.question.value,
      [...this.answers].map(({ value }) => value),
    );
    if (isWrong(asked)) {
      this.wrong = asked;
      (asked.at === 'question' ? this.question : this.answers[asked.at])?.focus();
      return;
    }
    this.busy = true;
    try {
      await this.session.signal.command('poll', { ...asked });
      this.form.reset();
      this.rows = fresh(Math.max(...this.rows) + 1);
      this.dialog.close();
      this.dispatchEvent(new Event('asked'));
    } catch (refused) {
      this.refused = refused instanceof Error ? refused.message : String(refused);
    } finally {
      this.busy = false;
    }
  };

  #forgive(): void {
    this.wrong = null;
    this.refused = '';
  }
}

function fresh(from: number): readonly number[] {
  return Array.from({ length: FEWEST_OPTIONS }, (_, index) => from + index);
}
