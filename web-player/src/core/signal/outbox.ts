import { Refused, type ErrorMessage, type ServerMessage } from './messages.ts';

interface Pending {
  readonly type: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly answered?: (result: ServerMessage) => void;
  readonly failed?: (reason: Refused) => void;
  n: number;
  sent: boolean;
}

/** Commands that build on a peer connection; after a new session the stage negotiates afresh. */
const BOUND_TO_SESSION: ReadonlySet<string> = new Set(['offer', 'subscribe', 'unpublish', 'mute']);

/** Commands that say how something shall be: to say it a second time changes nothing. */
const REPEATABLE: ReadonlySet<string> = new Set([
  'hand',
  'consent',
  'live',
  'layout',
  'break',
  'slides',
  'recording',
  'token',
  'vote',
]);

const MOST_WAITING = 200;

/** The server hangs up at 64 KiB, and would again after each return. */
const LONGEST = 60_000;

/**
 * Numbers, acknowledges and keeps the commands of one client (sans I/O): a command runs once, be it
 * issued while connected, while offline, or just before the socket broke.
 */
export class Outbox {
  #next = 2;
  #received = 0;
  readonly #unacknowledged: Pending[] = [];
  readonly #unanswered = new Map<number, Pending>();

  /** The highest number received from the server, in order. */
  get received(): number {
    return this.#received;
  }

  /** Numbers a message that is sent now and has no answer worth waiting for. */
  tell(type: string): string {
    const pending: Pending = { type, fields: {}, n: this.#next++, sent: true };
    this.#unacknowledged.push(pending);
    return this.#spell(pending);
  }

  /**
   * Numbers a command and keeps it until it is answered; returns its text, to be sent if `now`.
   * Refuses when too many wait for a link already.
   */
  add(
    type: string,
    fields: Readonly<Record<string, unknown>>,
    now: boolean,
    answered?: (result: ServerMessage) => void,
    failed?: (reason: Refused) => void,
  ): string {
    if (this.#unanswered.size >= MOST_WAITING) {
      failed?.(new Refused('too_many', 'Too much waits for the connection: try again later.'));
      return '';
    }
    if (JSON.stringify(fields).length > LONGEST) {
      failed?.(new Refused('too_large', 'This is too long to be sent: make it shorter.'));
      return '';
    }
    return this.#keep({
      type,
      fields,
      n: 0,
      sent: now,
      ...(answered && { answered }),
      ...(failed && { failed }),
    });
  }

  #keep(pending: Pending): string {
    pending.n = this.#next++;
    this.#unacknowledged.push(pending);
    this.#unanswered.set(pending.n, pending);
    return this.#spell(pending);
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

  /**
   * Goes on with the session that a welcome resumed.
   *
   * @param received the number from which the server goes on
   * @returns what the server has not got, to be sent again by the same numbers
   */
  resume(received: number, ack: number): string[] {
    this.#received = received;
    this.#acknowledge(ack);
    return this.#unacknowledged.map((pending) => {
      pending.sent = true;
      return this.#spell(pending);
    });
  }

  /**
   * Starts a new session, whose counters begin afresh: `hello` is number 1, so commands go on from
   * 2. What was never sent goes now, as does what may be said twice. What may have happened is not
   * done again behind a person's back: it fails, in words.
   *
   * @param received the number of the server's welcome
   */
  restart(received: number): string[] {
    this.#received = received;
    const waiting = [...this.#unanswered.values()];
    this.#unanswered.clear();
    this.#unacknowledged.length = 0;
    this.#next = 2;
    const texts: string[] = [];
    for (const pending of waiting) {
      if (BOUND_TO_SESSION.has(pending.type)) {
        pending.failed?.(new Refused('unavailable', 'The connection was lost; trying again.'));
      } else if (pending.sent && !REPEATABLE.has(pending.type)) {
        pending.failed?.(
          new Refused(
            'unknown_outcome',
            'The connection broke before the server answered, so this may or may not have ' +
              'happened: look, and do it again if it did not.',
          ),
        );
      } else {
        pending.sent = true;
        texts.push(this.#keep(pending));
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

  #spell({ type, fields, n }: Pending): string {
    return JSON.stringify({ ...fields, type, n, ack: this.#received });
  }
}
