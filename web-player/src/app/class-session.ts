import { toSay } from '../core/consent/consent.ts';
import { reduce } from '../core/room/reducer.ts';
import { EMPTY_ROOM, tracksToReceive, trackOf, type RoomState } from '../core/room/state.ts';
import { SignalClient } from '../core/signal/client.ts';
import {
  mayPublish,
  moderates,
  type Participant,
  type Role,
  type RoomEvent,
  type Source,
  type Welcome,
} from '../core/signal/messages.ts';
import type { Reaction } from '../core/reactions/reactions.ts';
import type { Size } from '../core/stage/shown-sizes.ts';
import { Store } from '../core/store.ts';
import { LocalMedia, type LocalMediaState } from '../webrtc/local-media.ts';
import { StagePeer, type PeerState } from '../webrtc/stage-peer.ts';
import { StatsTeller } from '../webrtc/stats-teller.ts';
import { Ballot } from './ballot.ts';
import { BoardSession } from './board-session.ts';
import { keepAnswer } from './consent-memory.ts';
import { PagePictures } from './slides.ts';
import { openSocket } from './socket.ts';
import { renewToken } from './api.ts';
import { claimsOf, guestOf, keepGuest, keepToken } from './tokens.ts';

/**
 * One person in one class: the signalling link, what the room looks like, and, while they are on
 * the stage or behind it, their media.
 */
export class ClassSession {
  readonly state = new Store<RoomState>(EMPTY_ROOM);
  readonly streams = new Store<ReadonlyMap<string, MediaStream>>(new Map());
  /** Received tracks that rest because one's own link is too weak. */
  readonly paused = new Store<ReadonlySet<string>>(new Set());
  readonly media: Store<PeerState> = new Store<PeerState>('new');
  /** What went wrong last, in words; empty when all is well. */
  readonly trouble = new Store<string>('');
  /** The last reaction of anybody, oneself included. */
  readonly reaction = new Store<Reaction | null>(null);
  readonly signal: SignalClient;
  readonly board: BoardSession;
  readonly local: LocalMedia;
  readonly pages: PagePictures;
  readonly ballot: Ballot = new Ballot(this);
  #peer: StagePeer | null = null;
  #statsTeller: StatsTeller | null = null;
  #wantsStage = false;
  #answer: boolean | null = null;
  #sent: Partial<LocalMediaState> = {};
  #stopWatching: (() => void)[] = [];

  constructor(
    readonly room: string,
    readonly credentials: { token?: string; name?: string },
    local: LocalMedia,
  ) {
    this.local = local;
    this.pages = new PagePictures(room, () => this.credentials.token ?? '');
    this.signal = new SignalClient({
      room,
      credentials: () =>
        this.credentials.token ? this.credentials : { ...this.credentials, ...guestOf(room) },
      connect: openSocket,
      random: Math.random,
      onStage: () => this.#wantsStage,
      onEvent: (event) => this.#event(event),
      onJoined: (welcome) => this.#joined(welcome),
    });
    this.board = new BoardSession({
      self: () => this.state.value.self?.id ?? '',
      command: (type, fields) => this.signal.command(type, fields),
      joined: () => this.signal.status.value.state === 'joined',
      showCursor: (cursor) => this.#peer?.data.show(cursor) ?? false,
      failed: (error) => this.#say(error),
    });
    window.addEventListener('online', () => this.signal.hurry());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') {
        this.signal.hurry();
      }
    });
  }

  start(): void {
    this.signal.start();
  }

  /**
   * Goes on stage with what is open in `local`; resolves when the server took it.
   *
   * @param given whether the audience may see and hear it
   */
  async enterStage(given: boolean | null = this.#answer): Promise<void> {
    this.#wantsStage = true;
    this.#answer = given;
    const self = this.state.value.self;
    if (self && !mayPublish(self.state)) {
      return; // As in the waiting room: the server's word opens the way.
    }
    await this.#connectPeer();
    await this.#tellSilence();
  }

  /** Says whether the audience may see and hear oneself, from the next frame on. */
  async answer(given: boolean): Promise<void> {
    this.#answer = given;
    if (await this.ask('consent', { given })) {
      keepAnswer(this.room, given);
    }
  }

  /** Nothing is published before a no has arrived, not in a new session either. */
  async #tellAnswer(): Promise<void> {
    const given = toSay(this.#answer, this.state.value.self?.consent);
    const said = given === null ? null : this.signal.command('consent', { given });
    if (given) {
      void said?.catch((error: unknown) => this.#say(error)); // The offer may go right behind it.
    } else {
      await said;
    }
    if (this.#answer !== null) {
      keepAnswer(this.room, this.#answer);
    }
  }

  /** A new peer connection knows nothing of a microphone that is switched off. */
  async #tellSilence(): Promise<void> {
    if (this.local.state.value.microphone?.enabled === false) {
      await this.ask('mute', { source: 'microphone', muted: true });
    }
  }

  /** Gives the peer connection and the devices back; the server is told by the caller's command. */
  leaveStage(): void {
    this.#wantsStage = false;
    this.#closePeer();
    this.local.stop();
  }

  /** Leaves the class for good; the rest of the figures goes before the goodbye. */
  async leave(): Promise<void> {
    await this.#statsTeller?.end();
    this.#statsTeller = null;
    this.signal.leave();
  }

  /** Sends a command and shows the server's sentence when it is turned down. */
  async ask(type: string, fields: Readonly<Record<string, unknown>> = {}): Promise<boolean> {
    try {
      await this.signal.command(type, fields);
      this.trouble.set('');
      return true;
    } catch (refused) {
      this.trouble.set(refused instanceof Error ? refused.message : String(refused));
      return false;
    }
  }

  /** Mutes or opens the microphone or the camera, for oneself and for everybody. */
  async mute(source: 'microphone' | 'camera', muted: boolean): Promise<void> {
    if (source === 'microphone') {
      const track = this.local.state.value.microphone;
      if (track) {
        track.enabled = !muted;
        this.local.touch();
      } else if (!muted && !(await this.local.startMicrophone())) {
        return;
      }
    } else if (muted) {
      this.local.stopCamera();
    } else if (!(await this.local.startCamera())) {
      return;
    }
    if (trackOf(this.state.value.self, source)) {
      await this.ask('mute', { source, muted });
    }
  }

  /** A place of the page shows a received stream at a size in device pixels, or nothing any more. */
  shown(place: object, stream: MediaStream | null, size: Size): void {
    this.#peer?.shown(place, stream, size);
  }

  #event(event: RoomEvent): void {
    if (event.type === 'encodings') {
      this.#peer?.activate(event.mid, event.active);
      return;
    }
    if (event.type === 'subscription') {
      this.#peer?.pause(event.mid, event.state === 'paused');
      return;
    }
    if (event.type === 'token_expiring') {
      void this.#renewToken(event.in_s);
      return;
    }
    if (event.type === 'reaction') {
      this.reaction.set(event);
      return;
    }
    this.board.handle(event);
    const before = this.state.value.self;
    this.state.set(reduce(this.state.value, event));
    const self = this.state.value.self;
    if (before && self && mayPublish(before.state) && !mayPublish(self.state)) {
      this.leaveStage();
    }
    if (this.#wantsStage && !this.#peer && before?.state === 'waiting' && self) {
      this.#letIn(self);
    }
    if (before && event.type === 'welcome' && !event.resumed) {
      this.#askAgain(before, event.self);
    }
    if (before && self && event.type === 'changes') {
      this.#obeyModeration(before, self);
    }
    this.#peer?.want(tracksToReceive(this.state.value));
  }

  /** Who moderates makes its own newer token; anybody else is told to ask for one. */
  async #renewToken(inSeconds: number): Promise<void> {
    const claims = claimsOf(this.credentials.token ?? '');
    try {
      if (!claims || !moderates(claims.role as Role)) {
        throw new Error(`Your link expires in ${inSeconds} s: ask a teacher for a new one.`);
      }
      const { token } = await renewToken(this.room, this.credentials.token ?? '', claims);
      await this.signal.command('token', { token });
      this.credentials.token = token;
      keepToken(this.room, token);
    } catch (error) {
      this.#say(error);
    }
  }

  /** A moderator opened the waiting room's door. */
  #letIn(self: Participant): void {
    if (mayPublish(self.state)) {
      void this.enterStage().catch((error: unknown) => this.#say(error));
    }
  }

  /** The server forgot us, as after its restart: who was on the way to the stage asks anew. */
  #askAgain(before: Participant, self: Participant): void {
    const onTheWay = before.state === 'requested' || mayPublish(before.state);
    if (onTheWay && self.state === 'off_stage') {
      void this.ask('hand', { raised: true });
    }
  }

  /** A moderator muted us: the device falls silent too, so that the button tells the truth. */
  #obeyModeration(before: Participant, self: Participant): void {
    const fellSilent = (source: Source): boolean =>
      trackOf(before, source)?.muted === false && trackOf(self, source)?.muted === true;
    const microphone = this.local.state.value.microphone;
    if (microphone && fellSilent('microphone')) {
      microphone.enabled = false;
      this.local.touch();
    }
    if (fellSilent('camera')) {
      this.local.stopCamera();
    }
  }

  /** The media lives on without its socket, so that only what is broken is made anew. */
  #joined(welcome: Welcome): void {
    if (welcome.guest) {
      keepGuest(this.room, welcome.guest);
    }
    if (!this.#wantsStage) {
      return;
    }
    if (welcome.resumed && this.#peer) {
      this.#peer.useRelays(welcome.iceServers ?? []);
      if (this.#peer.state.value !== 'connected') {
        void this.#peer.restartIce().catch((error: unknown) => this.#say(error));
      }
    } else if (mayPublish(welcome.self.state)) {
      void this.#connectPeer()
        .then(() => this.#tellSilence())
        .catch((error: unknown) => this.#say(error));
    }
  }

  async #connectPeer(): Promise<void> {
    this.#closePeer(); // One that got stuck half-way, when the stage is entered once more.
    const peer = new StagePeer(
      (type, fields) => this.signal.command(type, fields),
      this.state.value.iceServers,
    );
    this.#peer = peer;
    this.#tellStatistics(peer);
    this.#sent = {};
    this.#stopWatching = [
      peer.streams.watch((streams) => this.streams.set(streams)),
      peer.paused.watch((paused) => this.paused.set(paused)),
      peer.state.watch((state) => this.media.set(state)),
      peer.cursor.watch((cursor) => cursor && this.board.handle(cursor)),
    ];
    await this.#tellAnswer();
    try {
      if (this.#peer === peer) {
        await this.#publishWhatChanged();
      }
    } finally {
      if (this.#peer === peer) {
        // else another took its place, or the stage was left
        this.#goOnWith(peer);
      }
    }
  }

  /** Also when an offer was refused: it is made again, and a camera may open later. */
  #goOnWith(peer: StagePeer): void {
    peer.want(tracksToReceive(this.state.value));
    this.#stopWatching.push(
      this.local.state.watch(() => void this.#publishWhatChanged().catch((e) => this.#say(e))),
    );
  }

  /** Only where the school asked; what happens while the socket is away is not told later. */
  #tellStatistics(peer: StagePeer): void {
    const everyMs = this.state.value.statsEveryMs;
    if (everyMs > 0) {
      this.#statsTeller = new StatsTeller(
        () => peer.statistics(),
        (digest) => {
          if (this.signal.status.value.state === 'joined') {
            this.signal.command('stats', { ...digest }).catch(() => undefined); // The next may do.
          }
        },
        everyMs,
      );
    }
  }

  #closePeer(): void {
    this.#stopWatching.forEach((stop) => stop());
    this.#stopWatching = [];
    void this.#statsTeller?.end();
    this.#statsTeller = null;
    this.#peer?.close();
    this.#peer = null;
    this.#sent = {};
  }

  async #publishWhatChanged(): Promise<void> {
    const now = this.local.state.value;
    const before = this.#sent;
    this.#sent = now;
    await Promise.all([
      this.#bring('microphone', before.microphone, now.microphone, true),
      this.#bring('camera', before.camera, now.camera, true),
      this.#bring('screen', before.screen, now.screen, false),
      this.#bring('screen_audio', before.screenAudio, now.screenAudio, false),
    ]);
  }

  /** @param keep whether the source stays published, muted, when its device is given back */
  async #bring(
    source: Source,
    before: MediaStreamTrack | null | undefined,
    now: MediaStreamTrack | null,
    keep: boolean,
  ): Promise<void> {
    if (now === (before ?? null)) {
      return;
    }
    if (now) {
      await this.#peer?.publish(source, now);
    } else if (keep) {
      await this.#peer?.replace(source, null);
    } else {
      await this.#peer?.unpublish(source);
    }
  }

  #say(error: unknown): void {
    this.trouble.set(error instanceof Error ? error.message : String(error));
  }
}
