import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ClassSession } from '../app/class-session.ts';
import { watchToken } from '../app/tokens.ts';
import { inBroadcast } from '../core/consent/consent.ts';
import { moderates } from '../core/signal/messages.ts';
import './amphi-program.ts';
import './amphi-reactions.ts';
import { icons } from './icons.ts';
import { othersShow } from './others-show.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

type View = 'program' | 'board';

/**
 * The studio's middle, with what stands in it below at the left: what the audience sees, some seconds late, or the large picture of the stage,
 * live, to point and draw on; and the reactions.
 */
@customElement('amphi-monitor')
export class AmphiMonitor extends LitElement {
  static override styles = [
    theme,
    css`
      [role='radiogroup'] {
        display: flex;
        width: fit-content;
        max-width: 100%;
        gap: 2px;
        padding: 3px;
        margin: 0 auto 12px;
        border-radius: 12px;
        background: var(--surface);
        border: 1px solid var(--line);
      }
      [role='radio'] {
        background: transparent;
        color: var(--soft);
        min-width: 0;
      }
      [role='radio'][aria-checked='true'] {
        background: var(--hover);
        color: var(--text);
      }
      .news {
        width: 8px;
        height: 8px;
        border-radius: 50%;
        background: var(--live);
      }
      .foot {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 6px 12px;
        margin-top: 8px;
      }
      slot::slotted(*) {
        flex: 1 1 auto;
      }
      amphi-reactions {
        margin: 0 auto;
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  /** What the person chose; null while the class decides. */
  @state() private chosen: View | null = null;
  @state() private loaded = false;
  #screen: MediaStreamTrack | null = null;
  readonly #watching = new Watching(
    this,
    () =>
      [
        this.session?.state,
        this.session?.local.state,
        this.session?.board.strokes,
        this.session?.board.pointers,
      ] as never,
  );

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
    this.#wipeForAnotherPicture();
  }

  /** What a teacher drew on one picture means nothing on the next. */
  #wipeForAnotherPicture(): void {
    const { local, state, board, signal } = this.session;
    const { screen } = local.state.value;
    const changed = screen !== this.#screen;
    this.#screen = screen;
    if (
      changed &&
      !state.value.room?.slides && // They make way first, and keep what is drawn on them.
      board.strokes.value.length > 0 &&
      moderates(state.value.self?.role ?? 'viewer') &&
      signal.status.value.state === 'joined'
    ) {
      board.clear();
    }
  }

  override render() {
    const { self, room } = this.session.state.value;
    if (!self || !room) {
      return nothing;
    }
    const view = this.chosen ?? (othersShow(this.session) ? 'board' : 'program');
    if (view === 'board') {
      void this.#load();
    }
    const choice = (name: View, label: string, icon: unknown, news: boolean) =>
      html`<button
        class="small"
        role="radio"
        aria-checked=${view === name}
        @click=${() => (this.chosen = name)}
      >
        ${icon}${label}${news ? html`<i class="news" role="img" aria-label="something new"></i>` : nothing}
      </button>`;
    return html`<div role="radiogroup" aria-label="What is shown here">
        ${choice('program', 'Audience', icons.people, false)}
        ${choice('board', 'Board', icons.pen, view === 'program' && othersShow(this.session))}
      </div>
      <amphi-program
        ?hidden=${view !== 'program'}
        room=${room.id}
        .token=${watchToken(room, this.session.credentials.token ?? '')}
        ?live=${room.live}
        ?onAir=${self.state === 'on_stage' && inBroadcast(self) && !room.break_until}
        .viewers=${room.viewers ?? 0}
        hint=${
          moderates(self.role)
            ? 'Press Go live when you are ready: the audience then sees the program here.'
            : 'The teacher has not started yet. Those on stage already see and hear you.'
        }
      ></amphi-program>
      ${
        view === 'board' && this.loaded
          ? html`<amphi-board .session=${this.session}></amphi-board>`
          : nothing
      }
      <div class="foot">
        <slot></slot><amphi-reactions .session=${this.session}></amphi-reactions>
      </div>`;
  }

  /** The pen's code comes when somebody first wants it. */
  async #load(): Promise<void> {
    if (!this.loaded) {
      await import('./amphi-board.ts');
      this.loaded = true;
    }
  }
}
