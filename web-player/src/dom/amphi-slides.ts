import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { bring } from '../app/slides.ts';
import { moderates } from '../core/signal/messages.ts';
import { stepOf, titleOf, turned, wrongWith, type SlidesUp } from '../core/slides/pages.ts';
import { icons } from './icons.ts';
import { onPicture, theme } from './theme.ts';
import { Watching } from './watching.ts';

/**
 * The row of the slides: bring a PDF by the button or by dropping it anywhere in the page's middle,
 * see how far it is, turn its pages, take it down. For those who moderate.
 */
@customElement('amphi-slides')
export class AmphiSlides extends LitElement {
  static override styles = [
    theme,
    css`
      .row {
        display: flex;
        align-items: center;
        gap: 6px;
      }
      p {
        flex: 0 1 auto;
        min-width: 0;
        font-size: 13.5px;
        color: var(--soft);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      progress {
        flex: 1 1 120px;
        height: 8px;
        accent-color: var(--ok);
      }
      .back svg {
        transform: rotate(90deg);
      }
      .on svg {
        transform: rotate(-90deg);
      }
      .drop {
        position: fixed;
        inset: 0;
        z-index: 20;
        display: grid;
        place-items: center;
        pointer-events: none;
        background: rgb(8 11 18 / 78%);
        ${onPicture}
        font-size: 24px;
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  /** How much has been sent, 0 to 1; null when nothing is on its way. */
  @state() private sent: number | null = null;
  @state() private over = false;
  @query('input') private file!: HTMLInputElement;
  /** The page that was asked for last, while the server has not turned to it yet. */
  #asked: { deck: string; page: number } | null = null;
  #shared = false;
  #place: HTMLElement | null = null;
  readonly #watching = new Watching(
    this,
    () => [this.session?.state, this.session?.local.state] as never,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('keydown', this.#key);
    this.#place = this.closest('main');
    this.#place?.addEventListener('dragover', this.#dragOver);
    this.#place?.addEventListener('dragleave', this.#dragLeave);
    this.#place?.addEventListener('drop', this.#drop);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
    this.#place?.removeEventListener('dragover', this.#dragOver);
    this.#place?.removeEventListener('dragleave', this.#dragLeave);
    this.#place?.removeEventListener('drop', this.#drop);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
    const up = this.#up;
    if (!up || (up.deck === this.#asked?.deck && up.page === this.#asked.page)) {
      this.#asked = null;
    }
    this.#makeWayForTheScreen();
  }

  /** Who begins to share a screen wants it to be seen. */
  #makeWayForTheScreen(): void {
    const shares = this.session.local.state.value.screen !== null;
    if (shares && !this.#shared && this.#leads && this.#up) {
      // What was drawn before the slides means nothing on the screen.
      void this.session.ask('slides', { deck: null }).then(() => this.session.ask('clear'));
    }
    this.#shared = shares;
  }

  get #leads(): boolean {
    return moderates(this.session.state.value.self?.role ?? 'viewer');
  }

  get #up(): SlidesUp | null {
    return this.session.state.value.room?.slides ?? null;
  }

  override render() {
    if (!this.#leads) {
      return nothing;
    }
    const up = this.#up;
    return html`<div class="row" role="toolbar" aria-label="Slides">
        <button
          class="small bring"
          ?disabled=${this.sent !== null}
          @click=${() => this.file.click()}
        >
          ${icons.slides}Slides
        </button>
        <input
          type="file"
          accept="application/pdf,.pdf"
          hidden
          aria-label="A PDF with slides"
          @change=${this.#chosen}
        />
        ${this.sent !== null ? this.#progress(this.sent) : up ? this.#pages(up) : nothing}
      </div>
      ${this.over ? html`<div class="drop">Drop the PDF: its first page is shown</div>` : nothing}`;
  }

  #progress(sent: number) {
    return html`<progress max="1" .value=${sent} aria-label="Slides on their way"></progress>
      <p role="status">
        ${sent < 1 ? `${Math.floor(100 * sent)} %` : 'Drawing the first page …'}
      </p>`;
  }

  #pages(up: SlidesUp) {
    const button = (name: string, label: string, step: number) =>
      html`<button
        class="small icon ${name}"
        aria-label=${label}
        title=${label}
        ?disabled=${turned(up.page, step, up.pages) === null}
        @click=${() => this.#turn(step)}
      >
        ${icons.down}
      </button>`;
    return html`${button('back', 'Page before', -1)}${button('on', 'Next page', 1)}
      <p aria-live="polite">${up.page} of ${up.pages} · ${titleOf(up)}</p>
      <button
        class="small icon"
        aria-label="Take the slides down"
        title="Take the slides down"
        @click=${() => this.#takeDown()}
      >
        ${icons.close}
      </button>`;
  }

  #takeDown(): void {
    void this.session.ask('slides', { deck: null });
  }

  #turn(step: number): void {
    const up = this.#up;
    const from = this.#asked ?? up;
    const page = up && from ? turned(from.page, step, up.pages) : null;
    if (up && page !== null) {
      this.#asked = { deck: up.deck, page };
      void this.session.ask('slides', this.#asked).then((done) => {
        if (!done) {
          this.#asked = null;
        }
      });
    }
  }

  readonly #chosen = (): void => {
    const [file] = this.file.files ?? [];
    this.file.value = '';
    if (file) {
      void this.#bring(file);
    }
  };

  async #bring(file: File): Promise<void> {
    const wrong = wrongWith(file);
    this.session.trouble.set(wrong);
    if (wrong || this.sent !== null) {
      return;
    }
    this.sent = 0;
    try {
      const token = this.session.credentials.token ?? '';
      await bring(this.session.room, token, file, (part) => (this.sent = part));
    } catch (refused) {
      this.session.trouble.set(refused instanceof Error ? refused.message : String(refused));
    } finally {
      this.sent = null;
    }
  }

  readonly #dragOver = (event: DragEvent): void => {
    if (this.#leads && event.dataTransfer?.types.includes('Files')) {
      event.preventDefault();
      this.over = true;
    }
  };

  readonly #dragLeave = (event: DragEvent): void => {
    if (!(event.relatedTarget instanceof Node && this.#place?.contains(event.relatedTarget))) {
      this.over = false;
    }
  };

  readonly #drop = (event: DragEvent): void => {
    if (!this.#leads) {
      return;
    }
    event.preventDefault();
    this.over = false;
    const [file] = event.dataTransfer?.files ?? [];
    if (file) {
      void this.#bring(file);
    }
  };

  readonly #key = (event: KeyboardEvent): void => {
    const step = stepOf(event.key);
    if (
      step !== 0 &&
      this.#leads &&
      this.#up &&
      !(event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) &&
      !event.composedPath().some((target) => target instanceof Element && target.matches(OTHERS))
    ) {
      event.preventDefault();
      this.#turn(step);
    }
  };
}

/** What has its own use for these keys. */
const OTHERS = 'input, textarea, select, dialog, video, [role="tab"], [role="menu"]';
