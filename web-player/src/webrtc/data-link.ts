/**
 * What those on stage see of each other while it is being done. The same JSON as the signalling
 * socket's events; positions are fractions of the program's picture, from 0 to 1.
 */
export type Gesture =
  | { readonly type: 'cursor'; readonly x: number; readonly y: number; readonly shown: boolean }
  | {
      readonly type: 'stroke';
      /** The author's own; the same for all parts of a stroke. */
      readonly id: string;
      /** x and y in turn; at most 256 points at a time. */
      readonly points: readonly number[];
      readonly done: boolean;
    }
  | { readonly type: 'reaction'; readonly emoji: string };

/** Somebody else's; reactions come over the socket instead, because the audience sees them too. */
export type SeenGesture = Gesture & { readonly from: string };

/** What each kind is worth: a lost cursor is corrected by the next one, a stroke is not. */
const CHANNELS: Readonly<Record<Gesture['type'], RTCDataChannelInit>> = {
  cursor: { ordered: false, maxRetransmits: 0 },
  stroke: { ordered: true },
  reaction: { ordered: true },
};

/** A cursor that waits is wrong by the time it arrives. */
const CURSOR_BACKLOG_BYTES = 2_048;

/**
 * The data channels of a peer connection, for what would rather be lost than wait. Make it before
 * the first offer. The node takes 600 gestures in 5 s from each participant.
 */
export class DataLink {
  readonly #channels = new Map<Gesture['type'], RTCDataChannel>();
  readonly #seen: (gesture: SeenGesture) => void;

  constructor(pc: RTCPeerConnection, seen: (gesture: SeenGesture) => void) {
    this.#seen = seen;
    for (const [type, init] of Object.entries(CHANNELS)) {
      const channel = pc.createDataChannel(`amphi.${type}`, init);
      channel.addEventListener('message', (event: MessageEvent) => this.#received(event.data));
      this.#channels.set(type as Gesture['type'], channel);
    }
  }

  /** Whether gestures get through at the moment. */
  get open(): boolean {
    return [...this.#channels.values()].every(({ readyState }) => readyState === 'open');
  }

  /** Shows a gesture to the others; false when it was not sent, and will not be. */
  show(gesture: Gesture): boolean {
    const channel = this.#channels.get(gesture.type);
    if (channel?.readyState !== 'open') {
      return false;
    }
    if (gesture.type === 'cursor' && channel.bufferedAmount > CURSOR_BACKLOG_BYTES) {
      return false;
    }
    channel.send(JSON.stringify(gesture));
    return true;
  }

  #received(data: unknown): void {
    if (typeof data === 'string') {
      this.#seen(JSON.parse(data) as SeenGesture); // Spelled by the node.
    }
  }
}
