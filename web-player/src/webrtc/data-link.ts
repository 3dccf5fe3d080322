/** Where one points: fractions of the picture that the class draws on, from 0 to 1. */
export interface Cursor {
  readonly x: number;
  readonly y: number;
  readonly shown: boolean;
}

/** Somebody else's; the same JSON as the signalling socket's event. */
export interface SeenCursor extends Cursor {
  readonly type: 'cursor';
  readonly from: string;
}

/** A lost cursor is corrected by the next one. */
const LOSSY: RTCDataChannelInit = { ordered: false, maxRetransmits: 0 };

/** A cursor that waits is wrong by the time it arrives. */
const BACKLOG_BYTES = 2_048;

/**
 * The data channel of a peer connection for what would rather be lost than wait: where somebody
 * points. Make it before the first offer. What has to arrive, strokes and reactions, goes over the
 * socket, in one order with everything that is said about it.
 */
export class DataLink {
  readonly #channel: RTCDataChannel;

  constructor(pc: RTCPeerConnection, seen: (cursor: SeenCursor) => void) {
    this.#channel = pc.createDataChannel('amphi.cursor', LOSSY);
    this.#channel.addEventListener('message', ({ data }: MessageEvent) => {
      if (typeof data === 'string') {
        seen(JSON.parse(data) as SeenCursor); // Spelled by the node.
      }
    });
  }

  /** Shows the others where one points; false while the channel is not open. */
  show(cursor: Cursor): boolean {
    if (this.#channel.readyState !== 'open') {
      return false;
    }
    if (this.#channel.bufferedAmount <= BACKLOG_BYTES) {
      this.#channel.send(JSON.stringify({ type: 'cursor', ...cursor }));
    }
    return true;
  }
}
