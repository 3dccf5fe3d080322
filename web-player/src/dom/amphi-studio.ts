import { LitElement, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ApiError, seeRoom } from '../app/api.ts';
import { ClassSession } from '../app/class-session.ts';
import { rememberedAnswer } from '../app/consent-memory.ts';
import { claimsOf, mayConsent, roomOfAddress, tokenOf } from '../app/tokens.ts';
import { closedBy, sentAway, type Closed } from '../core/room/closed.ts';
import { clockOf } from '../core/room/pause.ts';
import { raisedHands, waiting } from '../core/room/state.ts';
import type { LinkStatus } from '../core/signal/client.ts';
import { moderates, type Room } from '../core/signal/messages.ts';
import { LocalMedia } from '../webrtc/local-media.ts';
import './amphi-chat.ts';
import type { ChatSend } from './amphi-chat.ts';
import './amphi-consent.ts';
import './amphi-dialog.ts';
import type { AmphiDialog } from './amphi-dialog.ts';
import './amphi-green-room.ts';
import type { Enter } from './amphi-green-room.ts';
import './amphi-door.ts';
import type { DoorCommand } from './amphi-door.ts';
import './amphi-hands.ts';
import type { HandAnswer } from './amphi-hands.ts';
import './amphi-invite.ts';
import { LAYOUTS } from './amphi-layouts.ts';
import type { AmphiInvite } from './amphi-invite.ts';
import './amphi-monitor.ts';
import './amphi-notices.ts';
import './amphi-people.ts';
import './amphi-poll.ts';
import type { Vote } from './amphi-poll.ts';
import './amphi-poll-desk.ts';
import type { AmphiPollDesk } from './amphi-poll-desk.ts';
import './amphi-pushes.ts';
import type { AmphiPushes } from './amphi-pushes.ts';
import './amphi-recording-choice.ts';
import type { AmphiRecordingChoice } from './amphi-recording-choice.ts';
import './amphi-recordings.ts';
import './amphi-slides.ts';
import './amphi-toolbar.ts';
import type { ToolbarWish } from './amphi-toolbar.ts';
import { elsewhereBadge } from './elsewhere-badge.ts';
import { icons, mark } from './icons.ts';
import { recordingBadge } from './recording-badge.ts';
import { rove } from './roving.ts';
import { studioStyles } from './studio-styles.ts';
import { theme } from './theme.ts';
import { Watching } from './watching.ts';

const LEADER_HEIGHT = 720;
const GUEST_HEIGHT = 360;

type Place = 'looking' | 'refused' | 'green_room' | 'studio' | 'gone';

/** The studio's page: green room, then the class as those on stage run it. */
@customElement('amphi-studio')
export class AmphiStudio extends LitElement {
  static override styles = [theme, studioStyles];

  @state() private place: Place = 'looking';
  @state() private busy = false;
  @state() private trouble = '';
  @state() private refused: Closed = NO_LINK;
  @state() private tab: 'chat' | 'hands' = 'chat';
  @state() private session: ClassSession | null = null;
  @state() private room: Room | null = null;
  @query('#end') private endDialog!: AmphiDialog;
  @query('#leave') private leaveDialog!: AmphiDialog;
  @query('#devices') private devicesDialog!: AmphiDialog;
  @query('amphi-invite') private invite!: AmphiInvite;
  @query('amphi-poll-desk') private pollDesk!: AmphiPollDesk | null;
  @query('amphi-pushes') private pushes!: AmphiPushes | null;
  @query('amphi-recording-choice') private recordingChoice!: AmphiRecordingChoice | null;
  readonly #roomId = roomOfAddress();
  readonly #token = tokenOf(this.#roomId);
  readonly #claims = claimsOf(this.#token);
  readonly #local = new LocalMedia(
    this.#claims?.role === 'instructor' ? LEADER_HEIGHT : GUEST_HEIGHT,
  );
  readonly #watching = new Watching(
    this,
    () => [this.session?.state, this.session?.signal.status, this.#local.state] as never,
  );

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#look();
    window.addEventListener('keydown', this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('keydown', this.#key);
  }

  override render() {
    switch (this.place) {
      case 'looking':
        return html`<div class="center"><p class="soft">Looking for the class …</p></div>`;
      case 'refused':
        return this.#card(this.refused);
      case 'green_room':
        return html`<amphi-green-room
          .local=${this.#local}
          .room=${this.room}
          .name=${this.#claims?.name ?? ''}
          .as=${this.#claims?.role ?? ''}
          .trouble=${this.trouble}
          .remembered=${rememberedAnswer(this.#roomId)}
          ?forbidden=${!mayConsent(this.#token)}
          ?busy=${this.busy}
          @enter=${({ detail }: Enter) => this.#enter(detail.given)}
        ></amphi-green-room>`;
      case 'studio':
        return this.session ? this.#studio(this.session) : nothing;
      case 'gone':
        return this.#card(this.#farewell());
    }
  }

  async #look(): Promise<void> {
    if (!this.#token) {
      this.place = 'refused';
      return;
    }
    try {
      this.room = await seeRoom(this.#roomId, this.#token);
      document.title = `${this.room.title} — Amphi studio`;
      this.place = 'green_room';
      if (OVER.has(this.room.state)) {
        this.place = 'gone';
      }
    } catch (error) {
      this.refused = closedBy(ApiError.of(error), true);
      this.place = 'refused';
    }
  }

  #enter(given: boolean): void {
    this.busy = true;
    this.trouble = '';
    const session = new ClassSession(this.#roomId, { token: this.#token }, this.#local);
    this.session = session;
    session.signal.status.watch((status) => this.#linkChanged(session, status, given));
    session.state.watch(({ room }) => (this.room = room ?? this.room));
    this.#watching.again();
    session.start();
  }

  #linkChanged(session: ClassSession, status: LinkStatus, given: boolean): void {
    if (status.state === 'joined' && this.place === 'green_room') {
      this.busy = false;
      this.place = 'studio';
      void session.enterStage(given).catch((error: unknown) => {
        session.trouble.set(error instanceof Error ? error.message : String(error));
      });
    }
    if (status.state === 'closed') {
      this.#linkEnded(session, status);
    }
  }

  #linkEnded(session: ClassSession, status: LinkStatus): void {
    this.busy = false;
    if (this.place === 'green_room') {
      this.trouble = status.reason || 'The server did not let you in.';
      return;
    }
    session.leaveStage();
    this.trouble = status.reason;
    this.place = 'gone';
  }

  #studio(session: ClassSession) {
    const { self, room } = session.state.value;
    if (!self || !room) {
      return nothing;
    }
    const leads = moderates(self.role);
    return html`<div class="studio">
        ${this.#top(session, room)}
        <amphi-people class="people" .session=${session}></amphi-people>
        <main class="middle">
          <amphi-notices .session=${session}></amphi-notices>
          <amphi-monitor .session=${session}>
            ${leads ? html`<amphi-slides .session=${session}></amphi-slides>` : nothing}
          </amphi-monitor>
        </main>
        ${
          leads
            ? html`<amphi-poll-desk class="poll" .session=${session}></amphi-poll-desk>`
            : html`<amphi-poll
                class="poll"
                .poll=${session.state.value.poll}
                @vote=${({ detail }: Vote) => void session.ballot.cast(detail)}
              ></amphi-poll>`
        }
        <aside class="side" aria-label="Class">${this.#side(session, leads)}</aside>
        <amphi-toolbar
          class="tools"
          role="region"
          aria-label="Tools"
          .session=${session}
          @wish=${(event: CustomEvent<ToolbarWish>) => this.#wish(session, event.detail)}
        ></amphi-toolbar>
      </div>
      ${this.#dialogs(session)}`;
  }

  #top(session: ClassSession, room: Room) {
    const leads = moderates(session.state.value.self?.role ?? 'viewer');
    return html`<header class="top">
      ${mark}
      <h1>${room.title}</h1>
      ${this.#stateBadge(room)} ${this.#recordingBadge(room)} ${elsewhereBadge(room)}
      <span class="grow"></span>
      <amphi-consent .session=${session}></amphi-consent>
      ${
        session.state.value.self?.role === 'instructor'
          ? html`<button class="small desk" @click=${() => this.pushes?.show()}>
              ${icons.elsewhere}Also send to …
            </button>`
          : nothing
      }
      ${
        leads
          ? html`<button
              class="small"
              aria-label="Invite people"
              @click=${() => this.invite.show()}
            >
              ${icons.link}<span class="wide">Invite</span>
            </button>`
          : nothing
      }
    </header>`;
  }

  #side(session: ClassSession, leads: boolean) {
    const room = session.state.value;
    const hands = raisedHands(room);
    const atTheDoor = leads ? waiting(room) : [];
    const tab = (name: 'chat' | 'hands', label: string, count = 0) =>
      html`<button
        role="tab"
        id="tab-${name}"
        tabindex=${this.tab === name ? 0 : -1}
        aria-selected=${this.tab === name}
        aria-controls="panel"
        @click=${() => (this.tab = name)}
      >
        ${label} ${count ? html`<span class="count">${count}</span>` : nothing}
      </button>`;
    return html`<div
        role="tablist"
        aria-label="Chat and hands"
        @keydown=${(event: KeyboardEvent) =>
          rove(event, event.currentTarget as Element, '[role="tab"]')}
      >
        ${tab('chat', 'Chat')}${tab('hands', 'Raised hands', hands.length + atTheDoor.length)}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby="tab-${this.tab}">
        ${
          this.tab === 'chat'
            ? html`<amphi-chat
                .chat=${room.chat}
                .selfId=${room.self?.id ?? ''}
                @chat-send=${(event: ChatSend) => session.ask('chat', { text: event.detail })}
              ></amphi-chat>`
            : html`${
                  leads
                    ? html`<amphi-door
                        .room=${room.room}
                        .waiting=${atTheDoor}
                        @door-command=${({ detail }: DoorCommand) =>
                          session.ask(detail.type, detail.fields)}
                      ></amphi-door>`
                    : nothing
                }<amphi-hands
                  .hands=${hands}
                  ?decides=${leads}
                  @hand-answer=${(event: HandAnswer) => session.ask('stage', event.detail)}
                ></amphi-hands>`
        }
      </div>`;
  }

  #stateBadge(room: Room) {
    if (room.break_until) {
      return html`<span class="badge pause"
        >Break <span class="wide">until ${clockOf(new Date(room.break_until))}</span></span
      >`;
    }
    return html`<span class="badge ${room.live ? 'live' : ''}">${STATE_WORDS[room.state]}</span>`;
  }

  /** A teacher who forgot the switch must see it while there is still something to record. */
  #recordingBadge(room: Room) {
    if (room.recording) {
      return recordingBadge(room);
    }
    return room.live ? html`<span class="badge unrecorded">Not recorded</span>` : nothing;
  }

  #dialogs(session: ClassSession) {
    return html`<amphi-dialog id="end" heading="End the class for everybody?">
        <p class="soft">
          The broadcast stops and everybody leaves the stage. This cannot be undone. To go yourself
          and let the others go on, leave instead.
        </p>
        <button slot="actions" class="quiet" @click=${() => this.endDialog.close()}>Go on</button>
        <button slot="actions" class="danger" @click=${() => this.#end(session)}>
          End for everybody
        </button>
      </amphi-dialog>
      <amphi-dialog id="leave" heading="Leave the studio?">
        <p class="soft">The class goes on without you. Your link brings you back.</p>
        <button slot="actions" class="quiet" @click=${() => this.leaveDialog.close()}>Stay</button>
        <button slot="actions" class="primary" @click=${() => session.leave()}>Leave</button>
      </amphi-dialog>
      <amphi-dialog id="devices" heading="Camera and microphone">
        <amphi-devices .local=${this.#local}></amphi-devices>
        <button slot="actions" class="primary" @click=${() => this.devicesDialog.close()}>
          Done
        </button>
      </amphi-dialog>
      <amphi-invite room=${this.#roomId} .token=${this.#token}></amphi-invite>
      <amphi-recording-choice .session=${session}></amphi-recording-choice>
      <amphi-pushes
        room=${this.#roomId}
        .token=${session.credentials.token ?? this.#token}
      ></amphi-pushes>`;
  }

  #wish(session: ClassSession, wish: ToolbarWish): void {
    switch (wish) {
      case 'end':
        this.endDialog.show();
        break;
      case 'leave':
        this.leaveDialog.show();
        break;
      case 'devices':
        this.devicesDialog.show();
        break;
      case 'ask':
        this.pollDesk?.ask();
        break;
      case 'pushes':
        this.pushes?.show();
        break;
      case 'recording':
        this.recordingChoice?.show();
        break;
      case 'go-live':
        void session.ask('live', { live: true });
        break;
    }
  }

  async #end(session: ClassSession): Promise<void> {
    this.endDialog.close();
    await session.ask('end');
  }

  #farewell(): Closed {
    const code = this.session?.signal.status.value.code ?? 'ended';
    if (code === 'left') {
      return {
        heading: 'You left the studio',
        text: 'The class goes on. You can come back with the same link.',
      };
    }
    return (
      sentAway(code, this.trouble) ?? {
        heading: 'The class has ended',
        text: 'Thank you for teaching and taking part.',
      }
    );
  }

  #card({ heading, text }: Closed) {
    const code = this.place === 'gone' ? (this.session?.signal.status.value.code ?? 'ended') : '';
    const back = { left: 'Come back', replaced: 'Go on here' }[code];
    return html`<main class="center">
      <div class="card">
        ${mark}
        <h1>${heading}</h1>
        <p class="soft">${text}</p>
        ${
          code && !back && !sentAway(code, '') && this.#token
            ? html`<amphi-recordings room=${this.#roomId} .token=${this.#token}></amphi-recordings>`
            : nothing
        }
        ${
          back
            ? html`<button class="primary" @click=${() => location.reload()}>${back}</button>`
            : nothing
        }
        ${
          this.place === 'refused' && this.#roomId
            ? html`<a class="button" href="/watch/${this.#roomId}">Watch the class</a>`
            : nothing
        }
        <a class="button quiet" href="/">To the first page</a>
      </div>
    </main>`;
  }

  readonly #key = (event: KeyboardEvent): void => {
    const self = this.session?.state.value.self;
    const typing = event
      .composedPath()
      .some(
        (target) => target instanceof Element && target.matches('input, textarea, select, dialog'),
      );
    if (
      typing ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      !self ||
      !moderates(self.role)
    ) {
      return;
    }
    const layout = /^\d$/.test(event.key) ? LAYOUTS[Number(event.key)] : undefined;
    if (layout) {
      void this.session?.ask('layout', { layout: layout.name });
    }
  };
}

const NO_LINK: Closed = {
  heading: 'The studio needs a link of your own',
  text: 'Ask the teacher for yours, or watch the class instead.',
};

const OVER: ReadonlySet<string> = new Set(['ended', 'processing', 'published', 'cancelled']);

const STATE_WORDS: Readonly<Record<Room['state'], string>> = {
  scheduled: 'Scheduled',
  lobby: 'Not live yet',
  live: 'LIVE',
  interrupted: 'Interrupted',
  ended: 'Ended',
  processing: 'Ended',
  published: 'Published',
  cancelled: 'Cancelled',
};
