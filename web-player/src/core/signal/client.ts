import { createActor, type Actor, type SnapshotFrom } from 'xstate';
import { backoffMs, LONGEST_MS, LONGEST_ON_STAGE_MS, retryMs } from '../net/backoff.ts';
import { Store } from '../store.ts';
import { linkMachine } from './machine.ts';
import type { RoomEvent, ServerMessage, Welcome } from './messages.ts';
import { Outbox } from './outbox.ts';

/** The socket as the client needs it; the browser's WebSocket in life, a fake in tests. */
export interface Socket {
  send(text: string): void;
  close(): void;
}

export interface SocketListener {
  opened(): void;
  received(text: string): void;
  closed(code: number, reason: string): void;
}

export interface SignalOptions {
  readonly room: string;
  /** Read at each connect, because a token may be renewed and a name given later. */
  readonly credentials: () => {
    readonly token?: string;
    readonly name?: string;
    readonly guest?: string;
  };
  readonly connect: (listener: SocketListener) => Socket;
  readonly random: () => number;
  /** Whether the others on stage wait for who comes again; read before each try. */
  readonly onStage: () => boolean;
  readonly onEvent: (event: RoomEvent) => void;
  /** Fired after each welcome; `resumed` says whether the peer connection lives on. */
  readonly onJoined: (welcome: Welcome) => void;
}

export type LinkState = 'idle' | 'connecting' | 'joined' | 'reconnecting' | 'closed';

export interface LinkStatus {
  readonly state: LinkState;
  /** Why it is closed, in words and in one word. */
  readonly reason: string;
  readonly code: string;
}

/** After these there is no coming back; after any other code there is. */
const FINAL_CLOSES: Readonly<Record<number, string>> = {
  1000: 'ended',
  1008: 'policy',
  4001: 'unauthorized',
  4002: 'replaced',
  4003: 'removed',
  4004: 'expired',
};

const PASSING: ReadonlySet<string> = new Set(['unknown_room', 'unavailable']);
/** For about half a minute of waits, whichever are taken. */
const PATIENT_ATTEMPTS = 10;
const PATIENT_ATTEMPTS_ON_STAGE = 28;

const LEFT_OUT_OF_EVENTS = new Set(['ok', 'error', 'ping']);

/** One participant's signalling with a room, over as many sockets as it takes. */
export class SignalClient {
  readonly status = new Store<LinkStatus>({ state: 'idle', reason: '', code: '' });
  readonly #options: SignalOptions;
  readonly #outbox = new Outbox();
  readonly #actor: Actor<typeof linkMachine>;
  #socket: Socket | null = null;

  constructor(options: SignalOptions) {
    this.#options = options;
    const machine = linkMachine.provide({
      actions: {
        connect: () => this.#connect(),
        greet: ({ context }) => this.#hello(context.session),
        probe: () => this.#socket?.send(this.#outbox.tell('ping')),
        hangUp: () => this.#hangUp(),
      },
    });
    this.#actor = createActor(machine, {
      input: {
        backoff: (attempt, after) =>
          after === null
            ? backoffMs(
                attempt,
                options.random,
                options.onStage() ? LONGEST_ON_STAGE_MS : LONGEST_MS,
              )
            : retryMs(after, options.random),
      },
    });
    this.#actor.subscribe((snapshot) => this.#show(snapshot));
    this.#actor.start();
  }

  start(): void {
    this.#actor.send({ type: 'START' });
  }

  /** The network is back, or somebody looks: tries at once, or makes sure that the link lives. */
  hurry(): void {
    this.#actor.send({ type: 'HURRY' });
  }

  /** Sends a command, now or when the link is back; the promise settles with the answer. */
  command(type: string, fields: Readonly<Record<string, unknown>> = {}): Promise<ServerMessage> {
    return new Promise((resolve, reject) => {
      const text = this.#outbox.add(type, fields, this.#joined(), resolve, reject);
      if (this.#joined() && text) {
        this.#socket?.send(text);
      }
    });
  }

  /** Leaves for good. */
  leave(): void {
    if (this.#joined()) {
      this.#socket?.send(this.#outbox.tell('leave'));
    }
    this.#end('left', 'You left the class.');
  }

  #joined(): boolean {
    return this.#actor.getSnapshot().matches('joined');
  }

  #show(snapshot: SnapshotFrom<typeof linkMachine>): void {
    const { value, context } = snapshot;
    const state = (typeof value === 'string' ? value : Object.keys(value)[0]) as LinkState;
    if (state !== this.status.value.state) {
      this.status.set({ state, reason: context.reason, code: context.code });
    }
  }

  #connect(): void {
    this.#hangUp();
    // A socket that was given up may still speak: only the newest is listened to.
    const socket: Socket = this.#options.connect({
      opened: () => socket === this.#socket && this.#actor.send({ type: 'OPENED' }),
      received: (text) => socket === this.#socket && this.#receive(text),
      closed: (code, reason) => socket === this.#socket && this.#closed(code, reason),
    });
    this.#socket = socket;
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  #hello(session: string): void {
    const resume = session ? { resume: { session, last: this.#outbox.received } } : {};
    this.#socket?.send(
      JSON.stringify({
        type: 'hello',
        n: 1,
        room: this.#options.room,
        ...this.#options.credentials(),
        ...resume,
      }),
    );
  }

  #receive(text: string): void {
    const message = parse(text);
    if (!message) {
      return;
    }
    this.#actor.send({ type: 'HEARD' });
    if (message.type === 'welcome') {
      this.#welcome(message as unknown as Welcome);
    } else if (message.type === 'error' && !this.#joined()) {
      this.#told(message);
    } else if (this.#outbox.take(message)) {
      this.#handle(message);
    }
  }

  #told(message: ServerMessage): void {
    const after = message['retry_after_ms'];
    this.#actor.send({
      type: 'TOLD',
      words: {
        code: String(message['code']),
        detail: String(message['detail'] ?? ''),
        retryAfterMs: typeof after === 'number' ? after : null,
      },
    });
  }

  #handle(message: ServerMessage): void {
    if (message.type === 'closing') {
      this.#told(message);
    }
    if (message.type === 'ping') {
      this.#socket?.send(this.#outbox.tell('pong'));
    } else if (!LEFT_OUT_OF_EVENTS.has(message.type)) {
      this.#options.onEvent(message as unknown as RoomEvent);
    }
  }

  #welcome(welcome: Welcome): void {
    const again = welcome.resumed
      ? this.#outbox.resume(welcome.n ?? 0, welcome.ack ?? 0)
      : this.#outbox.restart(welcome.n ?? 1);
    this.#actor.send({ type: 'WELCOMED', session: welcome.session });
    again.forEach((text) => this.#socket?.send(text));
    this.#options.onEvent(welcome);
    this.#options.onJoined(welcome);
  }

  #closed(code: number, reason: string): void {
    const final = FINAL_CLOSES[code];
    const { words, session, attempt } = this.#actor.getSnapshot().context;
    // While its node starts again a class may be unknown for a moment.
    const patient = this.#options.onStage() ? PATIENT_ATTEMPTS_ON_STAGE : PATIENT_ATTEMPTS;
    const passing = session !== '' && PASSING.has(words.code) && attempt < patient;
    if (final && !passing) {
      this.#end(
        words.code && !/^\d+$/.test(words.code) ? words.code : final,
        words.detail || reason,
      );
    } else {
      this.#actor.send({ type: 'LOST' });
    }
  }

  #end(code: string, reason: string): void {
    this.#actor.send({ type: 'ENDED', code, reason });
    this.#outbox.abandon(reason);
  }
}

function parse(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value
      ? (value as ServerMessage)
      : null;
  } catch {
    return null; // Not JSON: nothing to act on, and the next message may be good.
  }
}
