import { createActor, type Actor } from 'xstate';
import { backoffMs } from '../net/backoff.ts';
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
  readonly credentials: () => { readonly token?: string; readonly name?: string };
  readonly connect: (listener: SocketListener) => Socket;
  readonly random: () => number;
  readonly onEvent: (event: RoomEvent) => void;
  /** Fired after each welcome; `resumed` says whether the peer connection lives on. */
  readonly onJoined: (welcome: Welcome) => void;
}

export type LinkState = 'idle' | 'connecting' | 'joining' | 'open' | 'waiting' | 'ended';

export interface LinkStatus {
  readonly state: LinkState;
  /** Whether it was open before: then the page says 'reconnecting' instead of 'joining'. */
  readonly wasOpen: boolean;
  readonly reason: string;
  readonly code: string;
}

const FINAL_CLOSES: Readonly<Record<number, string>> = {
  1000: 'ended',
  1008: 'policy',
  4001: 'unauthorized',
  4002: 'replaced',
  4003: 'removed',
};

const LEFT_OUT_OF_EVENTS = new Set(['ok', 'error', 'ping']);

/** One participant's signalling with a room, over as many sockets as it takes. */
export class SignalClient {
  readonly status = new Store<LinkStatus>({ state: 'idle', wasOpen: false, reason: '', code: '' });
  readonly #options: SignalOptions;
  readonly #outbox = new Outbox();
  readonly #actor: Actor<typeof linkMachine>;
  #socket: Socket | null = null;
  #session = '';
  #joined = false;
  #closing: { code: string; detail: string } | null = null;

  constructor(options: SignalOptions) {
    this.#options = options;
    const machine = linkMachine.provide({
      actions: { connect: () => this.#connect(), hangUp: () => this.#hangUp() },
    });
    this.#actor = createActor(machine, {
      input: { backoff: (attempt) => backoffMs(attempt, options.random) },
    });
    this.#actor.subscribe((snapshot) =>
      this.status.set({
        state: snapshot.value as LinkState,
        wasOpen: this.#session !== '',
        reason: snapshot.context.reason,
        code: snapshot.context.code,
      }),
    );
    this.#actor.start();
  }

  start(): void {
    this.#actor.send({ type: 'START' });
  }

  /** The network is back: tries at once. */
  hurry(): void {
    this.#actor.send({ type: 'HURRY' });
  }

  /** Sends a command, now or when the link is back; the promise settles with the answer. */
  command(type: string, fields: Readonly<Record<string, unknown>> = {}): Promise<ServerMessage> {
    return new Promise((resolve, reject) => {
      const text = this.#outbox.add(type, fields, resolve, reject);
      if (this.#joined) {
        this.#socket?.send(text);
      }
    });
  }

  /** Leaves for good. */
  leave(): void {
    if (this.#joined) {
      this.#socket?.send(this.#outbox.tell('leave'));
    }
    this.#end('left', 'You left the class.');
  }

  #connect(): void {
    this.#hangUp();
    this.#closing = null;
    // A socket that was given up may still speak: only the newest is listened to.
    const socket: Socket = this.#options.connect({
      opened: () => socket === this.#socket && this.#hello(),
      received: (text) => socket === this.#socket && this.#receive(text),
      closed: (code, reason) => socket === this.#socket && this.#closed(code, reason),
    });
    this.#socket = socket;
  }

  #hangUp(): void {
    const socket = this.#socket;
    this.#socket = null;
    this.#joined = false;
    socket?.close();
  }

  #hello(): void {
    this.#actor.send({ type: 'OPENED' });
    const resume = this.#session
      ? { resume: { session: this.#session, last: this.#outbox.received } }
      : {};
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
    if (message.type === 'welcome') {
      this.#welcome(message as unknown as Welcome);
    } else if (!this.#joined && message.type === 'error') {
      this.#closing = { code: String(message.code), detail: String(message.detail ?? '') };
    } else if (this.#outbox.take(message)) {
      this.#handle(message);
    }
  }

  #handle(message: ServerMessage): void {
    if (message.type === 'closing') {
      this.#closing = { code: String(message.code), detail: String(message.detail ?? '') };
    }
    if (message.type === 'ping') {
      this.#socket?.send(this.#outbox.tell('pong'));
    } else if (!LEFT_OUT_OF_EVENTS.has(message.type)) {
      this.#options.onEvent(message as unknown as RoomEvent);
    }
  }

  #welcome(welcome: Welcome): void {
    let again: string[];
    if (welcome.resumed) {
      again = this.#outbox.resume(welcome.ack ?? 0);
    } else {
      again = this.#outbox.restart(welcome.n ?? 1);
    }
    this.#session = welcome.session;
    this.#joined = true;
    this.#actor.send({ type: 'WELCOMED' });
    again.forEach((text) => this.#socket?.send(text));
    this.#options.onEvent(welcome);
    this.#options.onJoined(welcome);
  }

  #closed(code: number, reason: string): void {
    const final = FINAL_CLOSES[code];
    if (final) {
      this.#end(this.#closing?.code ?? final, this.#closing?.detail || reason);
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
