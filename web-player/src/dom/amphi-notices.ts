import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { ownTroubles, recovered, restarted, troubles } from '../core/room/program.ts';
import { recordingTroubles } from '../core/room/recorded.ts';
import { EMPTY_ROOM, type RoomState } from '../core/room/state.ts';
import { moderates } from '../core/signal/messages.ts';
import { icons } from './icons.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

const NEWS_MS = 10_000;

/** What is wrong with one's own link, the program, the recording or what was asked last, in words. */
@customElement('amphi-notices')
export class AmphiNotices extends LitElement {
  static override styles = [
    theme,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      .lines {
        display: grid;
        gap: 8px;
      }
      .notice,
      .good {
        display: flex;
        gap: 10px;
        padding: 9px 14px;
        border-radius: 12px;
        border: 1px solid var(--notice-line);
        background: var(--notice-ground);
        color: var(--notice-text);
        font-size: 14px;
      }
      .good {
        border-color: var(--ok);
        background: var(--on-ground);
        color: var(--text);
      }
      .good svg {
        color: var(--ok);
      }
      .trouble button {
        margin: -6px -8px -6px auto;
        background: transparent;
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  @state() private over: readonly string[] = [];
  @state() private failed = '';
  #seen: RoomState = EMPTY_ROOM;
  #forgetOver = 0;
  #forgetFailed = 0;
  readonly #watching = new Watching(
    this,
    () =>
      [
        this.session?.state,
        this.session?.trouble,
        this.session?.media,
        this.session?.signal.status,
      ] as never,
  );

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
    const now = this.session.state.value;
    const over = recovered(this.#seen, now);
    const failed = restarted(this.#seen, now);
    this.#seen = now;
    if (over.length > 0) {
      this.over = over;
      window.clearTimeout(this.#forgetOver);
      this.#forgetOver = window.setTimeout(() => (this.over = []), NEWS_MS);
    }
    if (failed) {
      this.failed = failed;
      window.clearTimeout(this.#forgetFailed);
      this.#forgetFailed = window.setTimeout(() => (this.failed = ''), NEWS_MS);
    }
  }

  /** For whoever places it: an element that is not there would be heard by no screen reader later. */
  override updated(): void {
    this.toggleAttribute('empty', this.renderRoot.querySelector('p') === null);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.clearTimeout(this.#forgetOver);
    window.clearTimeout(this.#forgetFailed);
  }

  override render() {
    const trouble = this.session.trouble.value;
    const leads = moderates(this.session.state.value.self?.role ?? 'viewer');
    const ofTheProgram = [
      ...(this.failed ? [this.failed] : []),
      ...troubles(this.session.state.value),
      ...recordingTroubles(this.session.state.value.room),
    ];
    const ofOneself = ownTroubles(this.session.state.value);
    const words = [...this.#ofTheLink(), ...(leads ? ofTheProgram : ofOneself)];
    return html`<div role="status" class="lines">
        ${words.map((line) => html`<p class="notice">${icons.warning}<span>${line}</span></p>`)}
        ${
          leads
            ? this.over.map((line) => html`<p class="good">${icons.check}<span>${line}</span></p>`)
            : nothing
        }
      </div>
      ${
        trouble
          ? html`<p class="trouble" role="alert">
              ${icons.warning}<span>${trouble}</span>
              <button
                class="small icon"
                aria-label="Close"
                @click=${() => this.session.trouble.set('')}
              >
                ${icons.close}
              </button>
            </p>`
          : nothing
      }`;
  }

  #ofTheLink(): readonly string[] {
    if (this.session.state.value.self?.state === 'waiting') {
      return ['You are in the waiting room. A teacher lets you in.'];
    }
    if (this.session.signal.status.value.state !== 'joined') {
      return ['The connection was lost. Coming back …'];
    }
    return this.session.media.value === 'interrupted'
      ? ['Your picture and sound are interrupted. Finding another way …']
      : [];
  }
}
