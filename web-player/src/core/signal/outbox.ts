import { Refused, type ErrorMessage, type ServerMessage } from './messages.ts';

interface Pending {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly answered?: (result: ServerMessage) => void;
  readonly failed?: (reason: Refused) => void;
  n: number;
}

/** Commands that build on a peer connection; after a new session the stage negotiates afresh. */
const BOUND_TO_SESSION = new Set(['offer', 'subscribe', 'unpublish', 'mute']);

/**
 * Numbers, acknowledges and keeps the commands of one client (sans I/O): a command runs once, be it
 * issued while connected, while offline, or just before the socket broke.
 */
export class Outbox {
  #next = 1;
  #received = 0;
  readonly #unacknowledged: Pending[] = [];
  readonly #unanswered = new Map<number, Pending>();

  /** The highest number received from the server, in order. */
  get received(): number {
    return this.#received;
  }

  /** Numbers a message that nobody answers; kept all the same, so that the count has no gap. */
  tell(type: string): string {
    const pending: Pending = { type, fields: {}, n: this.#next++ };
    this.#unacknowledged.push(pending);
    return this.#spell(type, {}, pending.n);
  }

  /** Numbers a command and keeps it until it is acknowledged; returns its text. */
  add(
    type: string,
    fields: Readonly<Record<string, unknown>>,
    answered?: (result: ServerMessage) => void,
    failed?: (reason: Refused) => void,
  ): string {
    const pending: Pending = {
      type,
      fields,
      n: this.#next++,
      ...(answered && { answered }),
      ...(failed && { failed }),
    };
    this.#unacknowledged.push(pending);
    this.#unanswered.set(pending.n, pending);
    return this.#spell(type, fields, pending.n);
  }

  /**
   * Takes a message in: notes its number and its acknowledgement, and settles the command that it
   * answers. False for a message that was seen before.
   */
  take(message: ServerMessage): boolean {
    const n = message.n ?? 0;
    if (n > 0 && n <= this.#received) {
      return false;
    }
    if (n > 0) {
      this.#received = n;
    }
    this.#acknowledge(message.ack ?? 0);
    const asked = message.re === undefined ? undefined : this.#unanswered.get(message.re);
    if (asked) {
      this.#settle(asked, message);
    }
    return true;
  }

  /** The texts to send again on the socket that resumed the session. */
  resume(ack: number): string[] {
    this.#acknowledge(ack);
    return this.#unacknowledged.map((pending) =>
      this.#spell(pending.type, pending.fields, pending.n),
    );
  }

  /**
   * Starts a new session, whose counters begin afresh: `hello` is number 1, so commands go on from
   * 2. What was never answered is sent again, except what belonged to the old peer connection.
   *
   * @param received the number of the server's welcome
   */
  restart(received: number): string[] {
    this.#received = received;
    const again = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.#unacknowledged.length = 0;
    this.#next = 2;
    const texts: string[] = [];
    for (const pending of again) {
      if (BOUND_TO_SESSION.has(pending.type)) {
        pending.failed?.(new Refused('unavailable', 'The connection was lost; trying again.'));
      } else {
        texts.push(this.add(pending.type, pending.fields, pending.answered, pending.failed));
      }
    }
    return texts;
  }

  /** Fails everything that waits, for a connection that will not come back. */
  abandon(reason: string): void {
    const waiting = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.#unacknowledged.length = 0;
    for (const pending of waiting) {
      pending.failed?.(new Refused('unavailable', reason));
    }
  }

  #acknowledge(ack: number): void {
    while (this.#unacknowledged[0] && this.#unacknowledged[0].n <= ack) {
      this.#unacknowledged.shift();
    }
  }

  #settle(pending: Pending, message: ServerMessage): void {
    this.#unanswered.delete(pending.n);
    const kept = this.#unacknowledged.indexOf(pending);
    if (kept >= 0) {
      this.#unacknowledged.splice(kept, 1);
    }
    if (message.type === 'error') {
      const error = message as unknown as ErrorMessage;
      pending.failed?.(
        new Refused(error.code, error.detail ?? error.title ?? error.code, error.status),
      );
    } else {
      pending.answered?.(message);
    }
  }

  #spell(type: string, fields: Readonly<Record<string, unknown>>, n: number): string {
    return JSON.stringify({ ...fields, type, n, ack: this.#received });
  }
}
