import { LitElement, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { createActor } from 'xstate';
import { ApiError, seeRoom } from '../app/api.ts';
import { ClassSession } from '../app/class-session.ts';
import { keepName, rememberedName } from '../app/name.ts';
import { claimsOf, roomOfAddress, tokenOf, watchToken } from '../app/tokens.ts';
import { closedBy, sentAway, type Closed } from '../core/room/closed.ts';
import { moderates, type Room } from '../core/signal/messages.ts';
import { stageMachine } from '../core/stage/machine.ts';
import { LocalMedia } from '../webrtc/local-media.ts';
import './amphi-chat.ts';
import type { ChatSend } from './amphi-chat.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import './amphi-player.ts';
import type { Vote } from './amphi-poll.ts';
import './amphi-reactions.ts';
import './amphi-recordings.ts';
import './amphi-visit.ts';
import type { VisitWish } from './amphi-visit.ts';
import { elsewhereBadge } from './elsewhere-badge.ts';
import { icons, mark } from './icons.ts';
import { recordingBadge } from './recording-badge.ts';
import { theme } from './theme.ts';
import { watchStyles } from './watch-styles.ts';
import { Watching } from './watching.ts';

const GUEST_HEIGHT = 360;

/** The watch page: the player, the chat, and the way to the stage. */
@customElement('amphi-watch')
export class AmphiWatch extends LitElement {
  static override styles = [theme, watchStyles];

  @state() private session: ClassSession | null = null;
  @state() private room: Room | null = null;
  @state() private refused: Closed | null = null;
  @state() private playheadMs: number | null = null;
  @state() private pollLoaded = false;
  @query('amphi-dialog') private nameDialog!: AmphiDialog;
  readonly #roomId = roomOfAddress();
  readonly #token = tokenOf(this.#roomId);
  readonly #local = new LocalMedia(GUEST_HEIGHT);
  readonly #stage = createActor(stageMachine);
  #name = claimsOf(this.#token)?.name || rememberedName();
  #afterName: (session: ClassSession) => void = () => undefined;
  readonly #watching = new Watching(
    this,
    () => [this.session?.state, this.session?.trouble, this.session?.signal.status] as never,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    this.#stage.subscribe(() => void this.#stepped());
    this.#stage.start();
    void this.#look();
  }

  override render() {
    if (this.refused) {
      return this.#card(this.refused);
    }
    const room = this.room;
    if (!room) {
      return html`<div class="center"><p class="soft">Looking for the class …</p></div>`;
    }
    const step = this.#stage.getSnapshot().value;
    const onStage = step === 'backstage' || step === 'onStage';
    return html`<div class="page">
      ${this.#top(room)}
      <main>
        <amphi-player
          ?hidden=${onStage}
          room=${room.id}
          .token=${watchToken(room, this.#token)}
          heading=${room.title}
          .state=${room.state}
          begins=${room.starts_at ?? ''}
          ?suspended=${onStage}
          @playhead=${(event: CustomEvent<number | null>) => (this.playheadMs = event.detail)}
        ></amphi-player>
        ${
          this.session && step !== 'offStage'
            ? html`<amphi-visit
                .session=${this.session}
                .step=${step}
                @wish=${(event: CustomEvent<VisitWish>) => this.#wish(event.detail)}
              ></amphi-visit>`
            : nothing
        }
        ${this.#below(room, step === 'offStage', onStage)}
      </main>
      ${this.#poll(room, onStage)}
      <aside aria-label="Chat">${this.#chat(onStage)}</aside>
      ${this.#nameQuestion()}
    </div>`;
  }

  /** What is asked of the viewer must not lie below the fold of a small screen. */
  async #stepped(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    // A question is longer than what is left below the player: its first line goes to the top.
    const asks = this.#stage.getSnapshot().matches('accepted');
    const block = asks ? 'start' : 'nearest';
    this.renderRoot.querySelector('amphi-visit')?.scrollIntoView({ block });
  }

  async #look(): Promise<void> {
    try {
      this.room = await seeRoom(this.#roomId, this.#token);
      document.title = `${this.room.title} — Amphi`;
      if (!OVER.has(this.room.state)) {
        this.#join();
      }
    } catch (error) {
      this.refused = closedBy(ApiError.of(error), this.#token !== '');
    }
  }

  #join(): ClassSession {
    const session = new ClassSession(
      this.#roomId,
      this.#token ? { token: this.#token } : this.#name ? { name: this.#name } : {},
      this.#local,
    );
    this.session = session;
    session.state.watch(({ self, room }) => {
      if (session === this.session) {
        this.room = room ?? this.room;
        if (self) {
          this.#stage.send({ type: 'SERVER', state: self.state });
        }
      }
    });
    session.signal.status.watch(({ state, code }) => {
      if (session === this.session && state === 'closed') {
        this.#linkEnded(code);
      }
    });
    this.#watching.again();
    session.start();
    return session;
  }

  #linkEnded(code: string): void {
    const session = this.session;
    session?.leaveStage();
    this.refused = sentAway(code, session?.signal.status.value.reason ?? '');
    if (!this.refused) {
      this.#stage.send({ type: 'SERVER', state: 'off_stage' });
      void seeRoom(this.#roomId, this.#token).then(
        (room) => (this.room = room),
        () => undefined, // What is on the page stays true enough: the class is over.
      );
    }
  }

  #top(room: Room) {
    return html`<header>
      <a href="/" aria-label="Amphi, first page">${mark}</a>
      <h1>${room.title}</h1>
      ${room.live ? html`<span class="badge live">LIVE</span>` : nothing}
      ${room.break_until ? html`<span class="badge pause">Break</span>` : nothing}
      ${recordingBadge(room)} ${elsewhereBadge(room)}
      <span class="grow"></span>
      <span class="soft viewers" aria-label="${room.viewers ?? 0} watching">
        ${icons.people} ${room.viewers ?? 0}
      </span>
    </header>`;
  }

  #below(room: Room, offStage: boolean, onStage: boolean) {
    const link = this.session?.signal.status.value;
    const trouble = this.session?.trouble.value ?? '';
    return html`<div class="below">
      ${
        trouble
          ? html`<p class="trouble" role="alert">${icons.warning}<span>${trouble}</span></p>`
          : nothing
      }
      ${
        link?.state === 'reconnecting'
          ? html`<p class="soft" role="status">Chat and hands are reconnecting …</p>`
          : nothing
      }
      ${OVER.has(room.state) ? this.#recordings(room) : this.#doing(offStage, onStage)}
    </div>`;
  }

  /** Who came with a link of their own may see them; the others see the class again as it was. */
  #recordings(room: Room) {
    return this.#token && room.state !== 'cancelled'
      ? html`<amphi-recordings room=${room.id} .token=${this.#token}></amphi-recordings>`
      : nothing;
  }

  #doing(offStage: boolean, onStage: boolean) {
    return html`<div class="doing">
      ${
        this.session
          ? html`<amphi-reactions
              .session=${this.session}
              .playheadMs=${onStage ? null : this.playheadMs}
            ></amphi-reactions>`
          : nothing
      }
      ${
        offStage
          ? html`<button class="hand" @click=${this.#raise}>${icons.hand} Raise hand</button>`
          : nothing
      }
    </div>`;
  }

  /** Its code comes with the first question, which most viewers see some seconds later. */
  #poll(room: Room, onStage: boolean) {
    const session = this.session;
    const { poll = null, self } = session?.state.value ?? {};
    if (!this.pollLoaded) {
      if (poll) {
        void import('./amphi-poll.ts').then(() => (this.pollLoaded = true));
      }
      return nothing;
    }
    return html`<amphi-poll
      .poll=${OVER.has(room.state) ? null : poll}
      .playheadMs=${onStage ? null : this.playheadMs}
      ?plays=${!onStage}
      ?leads=${self ? moderates(self.role) : false}
      @vote=${({ detail }: Vote) => void session?.ballot.cast(detail)}
    ></amphi-poll>`;
  }

  #chat(onStage: boolean) {
    const state = this.session?.state.value;
    return html`<h2>Chat</h2>
      <amphi-chat
        .chat=${state?.chat ?? []}
        .playheadMs=${onStage ? null : this.playheadMs}
        .selfId=${state?.self?.id ?? ''}
        ?closed=${!this.session || this.session.signal.status.value.state === 'closed'}
        @chat-send=${(event: ChatSend) =>
          this.#named((session) => void session.ask('chat', { text: event.detail }))}
      ></amphi-chat>`;
  }

  #nameQuestion() {
    return html`<amphi-dialog heading="What is your name?">
      <form id="name" @submit=${this.#takeName}>
        <label
          >The class sees it beside what you say.
          <input name="name" required maxlength="60" autocomplete="name" autofocus
        /></label>
        <div class="actions">
          <button type="button" class="quiet" @click=${() => this.nameDialog.close()}>
            Not now
          </button>
          <button class="primary">Go on</button>
        </div>
      </form>
    </amphi-dialog>`;
  }

  /** Runs at once for somebody with a name, else after they gave one. */
  #named(act: (session: ClassSession) => void): void {
    if (this.#name && this.session) {
      act(this.session);
    } else {
      this.#afterName = act;
      this.nameDialog.show();
    }
  }

  /** A name belongs to who comes in, so that the viewer comes in again under it. */
  readonly #takeName = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get('name')).trim();
    if (!name) {
      return;
    }
    this.#name = name;
    keepName(name);
    this.nameDialog.close();
    const before = this.session;
    this.session = null;
    before?.signal.leave();
    this.#afterName(this.#join());
  };

  readonly #raise = (): void => {
    this.#named((session) => void session.ask('hand', { raised: true }));
  };

  #wish(wish: VisitWish): void {
    const session = this.session;
    const self = session?.state.value.self;
    if (!session || !self) {
      return;
    }
    const to = (state: string): void =>
      void session.ask('stage', { participant: self.id, to: state });
    switch (wish) {
      case 'lower':
        void session.ask('hand', { raised: false });
        break;
      case 'come':
        to('accepted');
        break;
      case 'decline':
        to('declined');
        break;
      case 'ask':
        this.#stage.send({ type: 'PREVIEW_OK' });
        break;
      case 'yes':
      case 'no':
        void this.#goBackstage(session, self.id, wish === 'yes');
        break;
      case 'leave':
        session.leaveStage();
        to('off_stage');
        break;
    }
  }

  async #goBackstage(session: ClassSession, participant: string, given: boolean): Promise<void> {
    this.#stage.send({ type: 'CONSENT', given });
    try {
      await session.enterStage(this.#stage.getSnapshot().context.given);
      this.#stage.send({ type: 'ANSWERED' });
      await session.signal.command('stage', { participant, to: 'backstage' });
    } catch (error) {
      session.trouble.set(error instanceof Error ? error.message : String(error));
      this.#stage.send({ type: 'FAILED' });
    }
  }

  #card({ heading, text }: Closed) {
    return html`<main class="center">
      <div class="card">
        ${mark}
        <h1>${heading}</h1>
        <p class="soft">${text}</p>
        <a class="button quiet" href="/">To the first page</a>
      </div>
    </main>`;
  }
}

const OVER: ReadonlySet<string> = new Set(['ended', 'processing', 'published', 'cancelled']);
