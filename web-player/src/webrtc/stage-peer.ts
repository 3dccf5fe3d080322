import { Store } from '../core/store.ts';
import type { IceServer, Kind, ServerMessage, Source } from '../core/signal/messages.ts';
import { Recovery, retryDelayMs } from '../core/stage/recovery.ts';
import { differs, ShownSizes, type Size } from '../core/stage/shown-sizes.ts';
import { planSlots, type Slot, type SlotPlan, type WantedTrack } from '../core/stage/slots.ts';
import { DataLink, type SeenCursor } from './data-link.ts';
import { takeDependencies } from './dependencies.ts';
import { activateLayers, fitLayers, layersOf } from './sent-layers.ts';

/** How the peer reaches the server; the signalling client's `command`. */
export type Command = (
  type: string,
  fields?: Readonly<Record<string, unknown>>,
) => Promise<ServerMessage>;

interface ReceivingSlot {
  readonly transceiver: RTCRtpTransceiver;
  readonly kind: Kind;
  readonly stream: MediaStream;
  track: string | null;
}

export type PeerState = 'new' | 'connecting' | 'connected' | 'interrupted' | 'closed';

const KIND_OF: Readonly<Record<Source, Kind>> = {
  microphone: 'audio',
  screen_audio: 'audio',
  camera: 'video',
  screen: 'video',
};

/** A window that is being resized says its size when it comes to rest. */
const VIEW_DELAY_MS = 250;

/** While the server still finds out what a new path carries, a picture may rest: no word yet. */
const PAUSE_SAID_AFTER_MS = 6_000;

/**
 * The participant's one peer connection with the stage. The client always offers: to publish a
 * source, to have more slots, to restart ICE. Which track a slot shows is changed without an offer.
 */
export class StagePeer {
  /** What is received, by track id. */
  readonly streams = new Store<ReadonlyMap<string, MediaStream>>(new Map());
  /** The tracks that do not come because one's own link cannot carry them. */
  readonly paused = new Store<ReadonlySet<string>>(new Set());
  readonly state = new Store<PeerState>('new');
  /** The last place to which somebody else on stage pointed. */
  readonly cursor = new Store<SeenCursor | null>(null);
  /** Shows the others where one points. */
  readonly data: DataLink;
  readonly #command: Command;
  readonly #pc: RTCPeerConnection;
  readonly #published = new Map<Source, RTCRtpTransceiver>();
  readonly #active = new Set<Source>();
  readonly #slots: ReceivingSlot[] = [];
  readonly #pausedSlots = new Set<string>();
  readonly #pauseTimers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #shown = new ShownSizes<object, MediaStream>();
  readonly #told = new Map<string, Size>();
  #viewTimer: ReturnType<typeof setTimeout> | undefined;
  #viewFailures = 0;
  #wanted: readonly WantedTrack[] = [];
  #restart = false;
  #offerNeeded = false;
  #work: Promise<void> = Promise.resolve();
  readonly #recovery = new Recovery();
  #recoveryTimer: ReturnType<typeof setTimeout> | undefined;
  #fitTimer: ReturnType<typeof setTimeout> | undefined;
  #fitFailures = 0;
  /** Ends what listens to the browser's network. */
  readonly #closing = new AbortController();

  constructor(command: Command, relays: readonly IceServer[] = []) {
    this.#command = command;
    this.#pc = new RTCPeerConnection({
      iceServers: asConfigured(relays),
      bundlePolicy: 'max-bundle',
    });
    this.data = new DataLink(this.#pc, (cursor) => this.cursor.set(cursor));
    this.#pc.addEventListener('connectionstatechange', () => this.#connectionChanged());
    const signal = this.#closing.signal;
    const moved = (): void => {
      if (this.#pc.connectionState !== 'new') {
        this.#recovery.moved(performance.now());
        this.#recoverWhenDue();
      }
    };
    window.addEventListener('online', moved, { signal });
    // Not every browser tells of a change from one network to another. Where it does, an estimate
    // that changed is told the same way.
    const { connection } = navigator as { connection?: EventTarget & { readonly type?: string } };
    let type = connection?.type;
    const changed = (): void => {
      if (type !== connection?.type) {
        type = connection?.type;
        moved();
      } else {
        this.#recovery.hurry(performance.now());
        this.#recoverWhenDue();
      }
    };
    connection?.addEventListener('change', changed, { signal });
  }

  /** Publishes a source; resolves when the server has answered. */
  async publish(source: Source, track: MediaStreamTrack): Promise<void> {
    const known = this.#published.get(source);
    if (known && this.#active.has(source)) {
      await this.replace(source, track);
      return;
    }
    if (known) {
      await this.replace(source, track);
      known.direction = 'sendonly';
    } else {
      this.#published.set(source, this.#add(source, track));
    }
    this.#active.add(source);
    try {
      await this.#negotiate();
    } catch (refused) {
      this.#fitLater(); // It is offered again, whether somebody comes meanwhile or not.
      throw refused;
    }
  }

  /** Puts another track into a source that is published, or none while it is muted. */
  async replace(source: Source, track: MediaStreamTrack | null): Promise<void> {
    const sender = this.#published.get(source)?.sender;
    await sender?.replaceTrack(track);
    if (sender && track) {
      await this.#queue(() => fitLayers(sender, track)).catch(() => undefined); // As it was before.
    }
  }

  /** Takes a source back; its section stays and is used again. */
  async unpublish(source: Source): Promise<void> {
    const transceiver = this.#published.get(source);
    if (!transceiver || !this.#active.delete(source)) {
      return;
    }
    await transceiver.sender.replaceTrack(null);
    transceiver.direction = 'inactive';
    await this.#command('unpublish', { source });
  }

  /** Receives exactly these tracks from now on. */
  want(tracks: readonly WantedTrack[]): void {
    this.#wanted = tracks;
    if (this.#fitTimer === undefined) {
      this.#fitSoon();
    }
  }

  /** Takes relays with fresh credentials; they count from the next ICE restart on. */
  useRelays(relays: readonly IceServer[]): void {
    this.#pc.setConfiguration({
      ...this.#pc.getConfiguration(),
      iceServers: asConfigured(relays),
    });
  }

  /** A place of the page shows a stream at a size in device pixels, or nothing any more. */
  shown(place: object, stream: MediaStream | null, size: Size): void {
    this.#shown.set(place, stream, size);
    this.#viewSoon();
  }

  /** The server says which layers of a source somebody needs; the others' encoders rest. */
  activate(mid: string, active: Readonly<Record<string, boolean>>): void {
    void this.#queue(async () => {
      const sender = [...this.#published.values()].find((one) => one.mid === mid)?.sender;
      if (sender) {
        await activateLayers(sender, active);
      }
    }).catch(() => undefined); // The source was taken back meanwhile.
  }

  /** The server gave up a slot for lack of bandwidth, or takes it up again. */
  pause(mid: string, paused: boolean): void {
    clearTimeout(this.#pauseTimers.get(mid));
    if (paused) {
      const say = (): void => {
        this.#pausedSlots.add(mid);
        this.#showPaused();
      };
      this.#pauseTimers.set(mid, setTimeout(say, PAUSE_SAID_AFTER_MS));
    } else {
      this.#pausedSlots.delete(mid);
      this.#showPaused();
    }
  }

  #showPaused(): void {
    this.paused.set(
      new Set(
        this.#slots.flatMap(({ track, transceiver }) =>
          track && this.#pausedSlots.has(transceiver.mid ?? '') ? [track] : [],
        ),
      ),
    );
  }

  /** The socket came back, perhaps over another network: finds a new path for the same media. */
  async restartIce(): Promise<void> {
    this.#restart = true;
    this.#recovery.begun();
    let answered = false;
    try {
      await this.#negotiate();
      answered = true;
    } finally {
      this.#recovery.ended(answered, performance.now());
      this.#recoverWhenDue();
    }
  }

  close(): void {
    this.#closing.abort();
    clearTimeout(this.#viewTimer);
    clearTimeout(this.#recoveryTimer);
    clearTimeout(this.#fitTimer);
    this.#pauseTimers.forEach((timer) => clearTimeout(timer));
    this.#pc.close();
    this.state.set('closed');
    this.streams.set(new Map());
  }

  #add(source: Source, track: MediaStreamTrack): RTCRtpTransceiver {
    track.contentHint = source === 'screen' ? 'detail' : track.contentHint;
    return this.#pc.addTransceiver(track, {
      direction: 'sendonly',
      sendEncodings: layersOf(source, track),
    });
  }

  #fitSoon(): void {
    this.#queue(() => this.#fit()).then(
      () => (this.#fitFailures = 0),
      () => this.#fitLater(),
    );
  }

  /** The server turned changes down, as when too many came at once. */
  #fitLater(): void {
    if (this.state.value === 'closed') {
      return;
    }
    clearTimeout(this.#fitTimer);
    this.#fitTimer = setTimeout(() => {
      this.#fitTimer = undefined;
      this.#fitSoon();
    }, retryDelayMs(++this.#fitFailures));
  }

  async #fit(): Promise<void> {
    const slots: Slot[] = this.#slots.flatMap(({ transceiver, kind, track }) =>
      transceiver.mid === null ? [] : [{ mid: transceiver.mid, kind, track }],
    );
    const plan = planSlots(slots, this.#wanted);
    const before = new Map(this.#slots.map((slot) => [slot, slot.track]));
    for (const { mid, track } of plan.changes) {
      const slot = this.#slotOf(mid);
      if (slot) {
        slot.track = track;
      }
    }
    // Slots of an offer that was refused have no section yet, and are offered again.
    const unused = this.#slots.filter((slot) => slot.transceiver.mid === null);
    for (const track of plan.missing) {
      const at = unused.findIndex((slot) => slot.kind === track.kind);
      const slot = at < 0 ? this.#addSlot(track.kind) : unused.splice(at, 1)[0]!;
      slot.track = track.id;
    }
    this.#show();
    this.#viewSoon();
    const offers = plan.missing.length > 0 || this.#offerNeeded;
    try {
      if (offers) {
        await this.#offer(); // It names every slot's track, so the changes need no more words.
      } else {
        await this.#subscribe(plan.changes, before);
      }
    } catch (refused) {
      if (offers) {
        this.#slots.forEach((slot) => (slot.track = before.get(slot) ?? null));
      }
      this.#show();
      throw refused;
    }
  }

  /** Tells all changes; those that the server refuses are taken back, and the first is thrown. */
  async #subscribe(
    changes: SlotPlan['changes'],
    before: ReadonlyMap<ReceivingSlot, string | null>,
  ): Promise<void> {
    const results = await Promise.allSettled(
      changes.map((change) => this.#command('subscribe', change)),
    );
    results.forEach((result, i) => {
      const slot = this.#slotOf(changes[i]!.mid);
      if (slot && result.status === 'rejected') {
        slot.track = before.get(slot) ?? null;
      }
    });
    const refused = results.find((result) => result.status === 'rejected');
    if (refused) {
      throw refused.reason;
    }
  }

  #slotOf(mid: string): ReceivingSlot | undefined {
    return this.#slots.find((slot) => slot.transceiver.mid === mid);
  }

  #addSlot(kind: Kind): ReceivingSlot {
    const transceiver = this.#pc.addTransceiver(kind, { direction: 'recvonly' });
    if (kind === 'video') {
      takeDependencies(transceiver);
    }
    const stream = new MediaStream([transceiver.receiver.track]);
    const slot: ReceivingSlot = { transceiver, kind, stream, track: null };
    this.#slots.push(slot);
    return slot;
  }

  #show(): void {
    this.streams.set(
      new Map(this.#slots.flatMap((slot) => (slot.track ? [[slot.track, slot.stream]] : []))),
    );
    this.#showPaused();
  }

  #viewSoon(delayMs = VIEW_DELAY_MS): void {
    clearTimeout(this.#viewTimer);
    this.#viewTimer = setTimeout(() => {
      this.#queue(() => this.#view()).then(
        () => (this.#viewFailures = 0),
        () => this.#viewLater(),
      );
    }, delayMs);
  }

  /** What the server did not take has to be said again: what it holds for unseen it does not send. */
  #viewLater(): void {
    if (this.state.value !== 'closed') {
      this.#viewSoon(retryDelayMs(++this.#viewFailures));
    }
  }

  /** Tells the server how large the pictures are shown, as far as that changed. */
  async #view(): Promise<void> {
    const sizes: Record<string, Size> = {};
    for (const { transceiver, kind, stream, track } of this.#slots) {
      const mid = transceiver.mid;
      const size = this.#shown.of(stream);
      if (kind === 'video' && mid !== null && track !== null) {
        if (differs(this.#told.get(mid), size)) {
          sizes[mid] = size;
        }
      }
    }
    if (Object.keys(sizes).length > 0) {
      await this.#command('view', { sizes });
      for (const [mid, size] of Object.entries(sizes)) {
        this.#told.set(mid, size);
      }
    }
  }

  #negotiate(): Promise<void> {
    this.#offerNeeded = true;
    return this.#queue(async () => {
      if (this.#offerNeeded) {
        await this.#offer();
      }
    });
  }

  /** One change after the other: two offers never cross. */
  #queue(step: () => Promise<void>): Promise<void> {
    const done = this.#work.then(() => (this.state.value === 'closed' ? undefined : step()));
    this.#work = done.catch(() => undefined);
    return done;
  }

  async #offer(): Promise<void> {
    this.#offerNeeded = false;
    const restart = this.#restart;
    this.#restart = false; // Whoever asks while this offer is on its way asks for another.
    try {
      const offer = await this.#pc.createOffer({ iceRestart: restart });
      await this.#pc.setLocalDescription(offer);
      const ok = await this.#command('offer', {
        sdp: this.#pc.localDescription?.sdp ?? offer.sdp,
        publish: this.#publishByMid(),
        subscribe: this.#subscribeByMid(),
      });
      await this.#pc.setRemoteDescription({ type: 'answer', sdp: String(ok['answer']) });
      this.#takeTracks(ok['tracks'] as Readonly<Record<string, string>> | undefined);
    } catch (refused) {
      this.#offerNeeded = true;
      this.#restart ||= restart;
      await this.#rollBack();
      throw refused;
    }
  }

  /** What the server shows in each slot: one that stayed empty is filled anew, if there is what for. */
  #takeTracks(tracks: Readonly<Record<string, string>> = {}): void {
    const emptied = this.#slots.filter(
      ({ transceiver, track }) => track !== null && tracks[transceiver.mid ?? ''] !== track,
    );
    emptied.forEach((slot) => (slot.track = null));
    if (emptied.length > 0) {
      this.#show();
      this.#fitLater();
    }
  }

  async #rollBack(): Promise<void> {
    if (this.#pc.signalingState === 'have-local-offer') {
      await this.#pc.setLocalDescription({ type: 'rollback' });
    }
  }

  #publishByMid(): Record<string, Source> {
    const byMid: Record<string, Source> = {};
    for (const [source, transceiver] of this.#published) {
      if (transceiver.mid !== null && this.#active.has(source)) {
        byMid[transceiver.mid] = source;
      }
    }
    return byMid;
  }

  #subscribeByMid(): Record<string, string> {
    const byMid: Record<string, string> = {};
    for (const slot of this.#slots) {
      if (slot.transceiver.mid !== null && slot.track !== null) {
        byMid[slot.transceiver.mid] = slot.track;
      }
    }
    return byMid;
  }

  #connectionChanged(): void {
    switch (this.#pc.connectionState) {
      case 'connected':
        this.state.set('connected');
        this.#recovery.connected();
        break;
      case 'connecting':
        this.state.set('connecting');
        break;
      case 'disconnected':
        this.state.set('interrupted');
        this.#recovery.disconnected(performance.now());
        break;
      case 'failed':
        this.state.set('interrupted');
        this.#recovery.failed(performance.now());
        break;
      case 'closed':
        this.state.set('closed');
        break;
      case 'new':
        break;
    }
    this.#recoverWhenDue();
  }

  #recoverWhenDue(): void {
    clearTimeout(this.#recoveryTimer);
    const due = this.#recovery.dueMs;
    if (due === Infinity || this.state.value === 'closed') {
      return;
    }
    this.#recoveryTimer = setTimeout(
      () => void this.restartIce().catch(() => undefined), // It is tried again, a little later.
      Math.max(0, due - performance.now()),
    );
  }

  /** Bytes and losses for the network verdict; the caller compares two of them. */
  async sendStatistics(): Promise<{ lossRatio: number; roundTripS: number }> {
    let lossRatio = 0;
    let roundTripS = 0;
    (await this.#pc.getStats()).forEach((report: { type: string } & Record<string, unknown>) => {
      if (report.type === 'remote-inbound-rtp') {
        lossRatio = Math.max(lossRatio, Number(report['fractionLost'] ?? 0));
        roundTripS = Math.max(roundTripS, Number(report['roundTripTime'] ?? 0));
      }
    });
    return { lossRatio, roundTripS };
  }

  /** What the browser measures of this peer connection. */
  statistics(): Promise<RTCStatsReport> {
    return this.#pc.getStats();
  }

  /** The kind of each source, for those who ask for a device. */
  static kindOf(source: Source): Kind {
    return KIND_OF[source];
  }
}

function asConfigured(relays: readonly IceServer[]): RTCIceServer[] {
  return relays.map((relay) => ({ ...relay, urls: [...relay.urls] }));
}
