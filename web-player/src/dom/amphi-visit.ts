import { LitElement, css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { StateValue } from 'xstate';
import type { ClassSession } from '../app/class-session.ts';
import { consequence, FORBIDDEN, inBroadcast, QUESTION } from '../core/consent/consent.ts';
import { beyond } from '../core/room/elsewhere.ts';
import { raisedHands } from '../core/room/state.ts';
import type { Store } from '../core/store.ts';
import type { LocalMediaState } from '../webrtc/local-media.ts';
import './amphi-consent.ts';
import './amphi-devices.ts';
import type { AmphiDevices } from './amphi-devices.ts';
import './amphi-people.ts';
import { icons } from './icons.ts';
import { othersShow } from './others-show.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

/** What the viewer decided on the way to the stage and back. */
export type VisitWish = 'lower' | 'come' | 'decline' | 'ask' | 'yes' | 'no' | 'leave';

/** How long the way to the stage waits for the second device when the first is there. */
const PATIENCE_MS = 3_000;

/** A viewer's visit to the stage, from the raised hand to the way back. */
@customElement('amphi-visit')
export class AmphiVisit extends LitElement {
  static override styles = [
    theme,
    css`
      .bar {
        display: flex;
        align-items: center;
        gap: 12px;
        flex-wrap: wrap;
        padding: 12px 16px;
        border-radius: 14px;
        background: var(--raised);
        border: 1px solid var(--line);
      }
      .bar p {
        flex: 1 1 200px;
      }
      .panel {
        display: grid;
        grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr);
        gap: 28px;
        align-items: center;
        padding: 24px;
        border-radius: 18px;
        background: var(--surface);
        border: 1px solid var(--line);
      }
      .panel h2 {
        font-size: 24px;
      }
      .words {
        display: grid;
        gap: 14px;
      }
      .actions {
        display: flex;
        gap: 10px;
        flex-wrap: wrap;
      }
      .stage {
        display: grid;
        gap: 16px;
        padding: 18px;
        border-radius: 18px;
        border: 3px solid var(--line);
        background: var(--surface);
      }
      .stage.on-air {
        border-color: var(--live);
      }
      .head {
        display: flex;
        align-items: center;
        gap: 10px;
        flex-wrap: wrap;
      }
      .head p {
        flex: 1 1 160px;
      }
      .stage amphi-people::part(x) {
        display: block;
      }
      [aria-pressed='false'] {
        background: var(--off-ground);
        color: var(--live-text);
      }
      @media (max-width: 860px) {
        .panel {
          grid-template-columns: 1fr;
          padding: 16px;
        }
        /* The way out beside the badge, then the words, then one's own devices. */
        .head .danger {
          margin-left: auto;
        }
        .head p {
          order: 1;
          flex-basis: 100%;
        }
        .head .icon,
        .head amphi-consent {
          order: 2;
        }
        /* What happens and what to press come first; the devices are below the fold. */
        .words {
          order: -1;
        }
      }
    `,
  ];

  @property({ attribute: false }) session!: ClassSession;
  @property({ attribute: false }) step: StateValue = 'offStage';
  @state() private boardLoaded = false;
  @query('amphi-devices') private devices!: AmphiDevices | null;
  readonly #watching = new Watching(
    this,
    () =>
      [
        this.session?.state,
        this.session?.media,
        this.session?.local.state,
        this.session?.board.strokes,
        this.session?.board.pointers,
      ] as never,
  );

  override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('session')) {
      this.#watching.again();
    }
  }

  override render() {
    switch (this.step) {
      case 'requested':
        return this.#waiting();
      case 'invited':
        return this.#invited();
      case 'backstage':
        return this.#stage(false);
      case 'onStage':
        return this.#stage(true);
      default:
        return typeof this.step === 'object' ? this.#accepted() : nothing;
    }
  }

  #waiting() {
    const room = this.session.state.value;
    const place = raisedHands(room).findIndex((person) => person.id === room.self?.id) + 1;
    return html`<div class="bar" role="status">
      ${icons.hand}
      <p>Your hand is up${place > 0 ? `: you are number ${place} in line` : ''}.</p>
      <button class="quiet" @click=${this.#wish('lower')}>Lower hand</button>
    </div>`;
  }

  #invited() {
    return html`<div class="bar" role="status">
      ${icons.hand}
      <p><b>The teacher invites you on stage.</b></p>
      <button class="primary" @click=${this.#wish('come')}>Come on stage</button>
      <button class="quiet" @click=${this.#wish('decline')}>No, thank you</button>
    </div>`;
  }

  #accepted() {
    const step = (this.step as { accepted: string }).accepted;
    const { room, self } = this.session.state.value;
    const seen = Math.max(1, room?.viewers ?? 1);
    const asked = step !== 'preview';
    const forbidden = self?.consent === 'forbidden';
    return html`<section class="panel" aria-label="On your way to the stage">
      <amphi-devices .local=${this.session.local}></amphi-devices>
      <div class="words">
        <h2>The teacher brings you on stage</h2>
        ${
          forbidden
            ? html`<p id="consequence">${FORBIDDEN}</p>`
            : html`<h3>${QUESTION}</h3>
                <p id="consequence">
                  Your camera will be seen by ${seen}
                  ${seen === 1 ? 'person' : 'people'}${
                    room?.recording ? ' and recorded' : ', and may be recorded'
                  }.
                  ${beyond(room)}
                </p>`
        }
        <p class="soft">You go backstage first: the teacher sees you, the audience does not yet.</p>
        ${
          step === 'failed'
            ? html`<p class="trouble" role="alert">
                ${icons.warning}<span>${this.session.trouble.value || 'That did not work.'}</span>
              </p>`
            : nothing
        }
        <div class="actions">
          ${
            asked
              ? html`<button
                    class="primary"
                    ?disabled=${step === 'joining' || step === 'waiting'}
                    aria-describedby="consequence"
                    @click=${this.#wish(forbidden ? 'no' : 'yes')}
                  >
                    ${
                      step === 'joining' || step === 'waiting'
                        ? 'Going backstage …'
                        : forbidden
                          ? 'Go backstage'
                          : 'I agree, go backstage'
                    }
                  </button>
                  ${forbidden ? nothing : this.#butNot(step)}`
              : html`<button class="primary" @click=${this.#ask}>
                  Turn on camera and microphone
                </button>`
          }
          <button class="quiet" @click=${this.#wish('leave')}>Not now</button>
        </div>
      </div>
    </section>`;
  }

  #butNot(step: string) {
    return html`<button
        class="quiet"
        ?disabled=${step === 'joining' || step === 'waiting'}
        aria-describedby="otherwise"
        @click=${this.#wish('no')}
      >
        Go backstage, but not in the broadcast
      </button>
      <p id="otherwise" class="soft">${consequence(false, true)}</p>`;
  }

  #stage(onStage: boolean) {
    const { self, room } = this.session.state.value;
    const shown = onStage && self !== null && inBroadcast(self);
    const onAir = shown && room?.live === true && !room.break_until;
    const { microphone, camera } = this.session.local.state.value;
    const micOn = microphone?.enabled === true;
    return html`<section class="stage ${onAir ? 'on-air' : ''}" aria-label="Your place on stage">
      <div class="head">
        ${
          onAir
            ? html`<span class="badge live">ON AIR</span>`
            : html`<span class="badge">${onStage ? 'ON STAGE' : 'BACKSTAGE'}</span>`
        }
        <p role="status">
          ${
            onAir
              ? 'You are on air: the audience sees and hears you.'
              : shown
                ? `You are on stage: those there see and hear you. The audience does not: ${room?.live ? 'the class has a break.' : 'the class is not live yet.'}`
                : onStage
                  ? 'You are on stage, but not in the broadcast: those on stage see and hear you, the audience does not.'
                  : 'You are backstage: the teacher sees and hears you, the audience does not yet.'
          }
        </p>
        <button
          class="icon"
          aria-label="Microphone"
          aria-pressed=${micOn}
          @click=${() => this.session.mute('microphone', micOn)}
        >
          ${micOn ? icons.mic : icons.micOff}
        </button>
        <button
          class="icon"
          aria-label="Camera"
          aria-pressed=${camera !== null}
          @click=${() => this.session.mute('camera', camera !== null)}
        >
          ${camera ? icons.cam : icons.camOff}
        </button>
        <amphi-consent .session=${this.session}></amphi-consent>
        <button class="danger" @click=${this.#wish('leave')}>Leave the stage</button>
      </div>
      ${
        this.session.media.value === 'interrupted'
          ? html`<p class="trouble">Your connection is interrupted. Finding another way …</p>`
          : nothing
      }
      ${this.#board()}
      <amphi-people wide .session=${this.session}></amphi-people>
    </section>`;
  }

  /** Its code comes when there is something to see. */
  #board() {
    if (!othersShow(this.session)) {
      return nothing;
    }
    if (!this.boardLoaded) {
      void import('./amphi-board.ts').then(() => (this.boardLoaded = true));
      return nothing;
    }
    return html`<amphi-board .session=${this.session}></amphi-board>`;
  }

  /** A device that is slow to answer comes later: with one of them open, nobody waits for it long. */
  readonly #ask = async (): Promise<void> => {
    const state = this.session.local.state;
    await Promise.race([this.devices?.ask(), oneOpenFor(PATIENCE_MS, state)]);
    this.dispatchEvent(new CustomEvent<VisitWish>('wish', { detail: 'ask' }));
  };

  #wish(wish: VisitWish) {
    return () => this.dispatchEvent(new CustomEvent<VisitWish>('wish', { detail: wish }));
  }
}

/** Resolves when a camera or a microphone has been open for that long. */
async function oneOpenFor(ms: number, media: Store<LocalMediaState>): Promise<void> {
  await media.when(({ microphone, camera }) => (microphone ?? camera) !== null);
  await new Promise((passed) => setTimeout(passed, ms));
}
