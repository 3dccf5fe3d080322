import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { guard } from 'lit/directives/guard.js';
import {
  fold,
  search,
  typedWords,
  type Folded,
  type Hit,
  type Stretch,
} from '../core/captions/search.ts';
import { cueAt, type Cue } from '../core/captions/vtt.ts';
import { clockText } from '../core/player/time.ts';
import { icons } from './icons.ts';
import { rove } from './roving.ts';
import { theme } from './theme.ts';

/** More hits than anybody reads; the words are to be chosen better then. */
const MOST_HITS = 300;

/** What was said in a recording: it follows the playhead, is searched, and leads there by a press. */
@customElement('amphi-transcript')
export class AmphiTranscript extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-height: 0;
        position: relative;
      }
      .search {
        padding: 12px 14px 10px;
        border-bottom: 1px solid var(--line);
        display: grid;
        gap: 8px;
      }
      .found {
        font-size: 13px;
        color: var(--soft);
      }
      ol {
        flex: 1;
        min-height: 0;
        overflow-y: auto;
        overscroll-behavior: contain;
        padding: 8px;
      }
      li {
        content-visibility: auto;
        contain-intrinsic-size: auto 44px;
      }
      li button {
        width: 100%;
        display: grid;
        grid-template-columns: 58px minmax(0, 1fr);
        gap: 8px;
        align-items: baseline;
        justify-content: start;
        padding: 7px 8px;
        min-height: 38px;
        border-radius: 9px;
        background: transparent;
        font-weight: 400;
        text-align: start;
        white-space: normal;
      }
      li button:focus-visible {
        outline-offset: -2px;
      }
      time {
        font-size: 12.5px;
        color: var(--soft);
        font-variant-numeric: tabular-nums;
        text-align: right;
      }
      li span {
        white-space: pre-line;
        overflow-wrap: anywhere;
      }
      [aria-current] {
        background: var(--raised) !important;
        box-shadow: inset 3px 0 var(--accent);
      }
      mark {
        background: #ffd873;
        color: #241a00;
        border-radius: 3px;
        padding: 0 1px;
      }
      .follow {
        position: absolute;
        inset: auto 0 14px;
        margin: 0 auto;
        width: fit-content;
        box-shadow: var(--shadow);
      }
    `,
  ];

  @property({ attribute: false }) cues: readonly Cue[] = [];
  /** Where the playhead is, seconds. */
  @property({ type: Number }) at = 0;
  @state() private words: readonly string[] = [];
  /** Whether the list keeps to the playhead; whoever scrolls has let go of it. */
  @state() private follows = true;
  @query('input') private field!: HTMLInputElement;
  @query('ol') private list!: HTMLElement;
  #folded: readonly Folded[] = [];
  #hits: readonly Hit[] = [];
  #current = -1;

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('cues')) {
      this.#folded = this.cues.map(({ text }) => fold(text));
    }
    if (changed.has('cues') || changed.has('words')) {
      this.#hits = search(this.#folded, this.words);
      this.#current = -1;
    }
  }

  override render() {
    const searches = this.words.length > 0;
    return html`<div class="search">
        <input
          type="search"
          aria-label="Search what was said"
          placeholder="Search what was said"
          autocomplete="off"
          spellcheck="false"
          @input=${this.#typed}
          @keydown=${this.#searchKey}
        />
        <p class="found" role="status" ?hidden=${!searches}>
          ${searches ? this.#found() : nothing}
        </p>
      </div>
      <ol
        aria-label=${searches ? 'Where it was said' : 'What was said'}
        data-arrows
        @click=${this.#pressed}
        @keydown=${(event: KeyboardEvent) => rove(event, this.list, 'button')}
        @wheel=${this.#letGo}
        @touchmove=${this.#letGo}
      >
        ${guard([this.cues, this.words], () => this.#lines())}
      </ol>
      ${
        this.follows || searches || this.cues.length === 0
          ? nothing
          : html`<button class="follow small primary" @click=${this.#followAgain}>
              ${icons.down} To what is said now
            </button>`
      }`;
  }

  override updated(): void {
    this.#markCurrent();
  }

  /** Puts the cursor where one types what to look for. */
  beginSearch(): void {
    this.field.focus();
    this.field.select();
  }

  #lines() {
    const hits: readonly Hit[] =
      this.words.length > 0
        ? this.#hits.slice(0, MOST_HITS)
        : this.cues.map((_, index) => ({ index, marks: [] }));
    return hits.map(({ index, marks }) => {
      const cue = this.cues[index];
      return (
        cue &&
        html`<li>
          <button data-index=${index} tabindex="-1">
            <time>${clockText(cue.start)}</time>
            <span dir="auto">${marked(cue.text, marks)}</span>
          </button>
        </li>`
      );
    });
  }

  #found(): string {
    const count = this.#hits.length;
    if (count > MOST_HITS) {
      return `${count} places; these are the first ${MOST_HITS}. Type more words to find fewer.`;
    }
    return count === 0 ? 'That was not said.' : count === 1 ? '1 place' : `${count} places`;
  }

  /** Which line is said now is told without drawing the list again. */
  #markCurrent(): void {
    const now = cueAt(this.cues, this.at);
    if (now === this.#current) {
      return;
    }
    this.#current = now;
    const before = this.list.querySelector('[aria-current]');
    before?.removeAttribute('aria-current');
    const line = this.list.querySelector<HTMLElement>(`[data-index="${now}"]`);
    line?.setAttribute('aria-current', 'true');
    this.list.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    (line ?? this.list.querySelector('button'))?.setAttribute('tabindex', '0');
    if (line && this.follows && this.words.length === 0) {
      this.#scrollTo(line);
    }
  }

  /** Scrolls the list and never the page. */
  #scrollTo(line: HTMLElement): void {
    const list = this.list.getBoundingClientRect();
    const { top } = line.getBoundingClientRect();
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.list.scrollBy({
      top: top - list.top - list.height / 3,
      behavior: still || Math.abs(top - list.top) > 2 * list.height ? 'instant' : 'smooth',
    });
  }

  readonly #typed = (): void => {
    this.words = typedWords(this.field.value);
    if (this.words.length === 0) {
      this.follows = true;
    }
    this.list.scrollTop = 0;
  };

  /** From the field one goes down to what was found; Enter goes to the first of it. */
  readonly #searchKey = (event: KeyboardEvent): void => {
    const first = this.list.querySelector<HTMLElement>('button');
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
    } else if (event.key === 'Enter' && first && this.words.length > 0) {
      first.click();
    }
  };

  readonly #pressed = (event: Event): void => {
    const button = (event.target as Element).closest<HTMLElement>('[data-index]');
    const cue = button && this.cues[Number(button.dataset['index'])];
    if (cue) {
      this.follows = true;
      this.dispatchEvent(new CustomEvent<number>('jump', { detail: cue.start }));
    }
  };

  readonly #letGo = (): void => {
    this.follows = false;
  };

  readonly #followAgain = (): void => {
    this.follows = true;
    this.#current = -2;
    this.#markCurrent();
  };
}

function marked(text: string, marks: readonly Stretch[]) {
  let at = 0;
  const out = marks.map(([from, to]) => {
    const piece = html`${text.slice(at, from)}<mark>${text.slice(from, to)}</mark>`;
    at = to;
    return piece;
  });
  return [...out, text.slice(at)];
}
