import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';

/** What a link does to datagrams; anything left out does nothing. */
export interface Weather {
  /** How many of a hundred are lost. */
  readonly lossPercent?: number;
  /** Each way. */
  readonly delayMs?: number;
  /** Up to so much more, by chance; later ones overtake. */
  readonly jitterMs?: number;
  /** What the link carries towards the browser; the rest waits in a queue of 300 ms, then is lost. */
  readonly downKbps?: number;
  /** How many of a hundred come twice. */
  readonly duplicatePercent?: number;
  /** Nothing gets through. */
  readonly dark?: boolean;
}

const QUEUE_MS = 300;

/** What went through a link towards the browser. */
export interface Carried {
  readonly datagrams: number;
  readonly lost: number;
}

/**
 * A bad link between one browser and the node's media port, the same each time for the same seed:
 * the kernel here has no netem. Stands on loopback; the browser takes it for the node.
 */
export class UdpProxy {
  weather: Weather = {};
  readonly #inside: Socket;
  #outside: Socket;
  readonly #target: number;
  readonly #random: () => number;
  #browser = { address: '', port: 0 };
  #freeAt = 0;
  #datagrams = 0;
  #lost = 0;
  /** What is on its way, the soonest first; what is due at once stays in order. */
  readonly #flying: { readonly dueMs: number; readonly land: () => void }[] = [];
  #timer: NodeJS.Timeout | undefined;

  private constructor(inside: Socket, outside: Socket, target: number, seed: number) {
    this.#inside = inside;
    this.#outside = outside;
    this.#target = target;
    this.#random = mulberry32(seed);
  }

  /** Opens a link to the media port on loopback. */
  static async open(target: number, seed: number): Promise<UdpProxy> {
    const [inside, outside] = [createSocket('udp4'), createSocket('udp4')];
    inside.bind(0, '127.0.0.1');
    outside.bind(0, '127.0.0.1');
    await Promise.all([once(inside, 'listening'), once(outside, 'listening')]);
    const proxy = new UdpProxy(inside, outside, target, seed);
    inside.on('message', (bytes, from) => {
      proxy.#browser = from;
      proxy.#carry(bytes, false, (copy) => proxy.#outside.send(copy, target, '127.0.0.1'));
    });
    proxy.#listen(outside);
    return proxy;
  }

  /** Where the browser finds it. */
  get port(): number {
    return this.#inside.address().port;
  }

  /** So far, towards the browser. */
  get carried(): Carried {
    return { datagrams: this.#datagrams, lost: this.#lost };
  }

  /** From now on the node sees the browser at another port, as behind a router that forgot it. */
  async rebind(): Promise<void> {
    const old = this.#outside;
    const next = createSocket('udp4').bind(0, '127.0.0.1');
    await once(next, 'listening');
    this.#listen(next);
    this.#outside = next;
    old.close();
  }

  close(): void {
    this.weather = { dark: true };
    clearTimeout(this.#timer);
    this.#inside.close();
    this.#outside.close();
  }

  #listen(outside: Socket): void {
    outside.on('message', (bytes, from) => {
      if (from.port === this.#target && outside === this.#outside) {
        this.#carry(bytes, true, (copy) =>
          this.#inside.send(copy, this.#browser.port, this.#browser.address),
        );
      }
    });
  }

  #carry(bytes: Buffer, down: boolean, send: (copy: Buffer) => void): void {
    const { lossPercent = 0, delayMs = 0, jitterMs = 0, duplicatePercent = 0, dark } = this.weather;
    this.#datagrams += down ? 1 : 0;
    if (dark || this.#random() * 100 < lossPercent) {
      this.#lost += down ? 1 : 0;
      return;
    }
    const kbps = down ? (this.weather.downKbps ?? 0) : 0;
    const now = performance.now();
    let wait = delayMs + this.#random() * jitterMs;
    if (kbps > 0) {
      const start = Math.max(now, this.#freeAt);
      if (start - now > QUEUE_MS) {
        this.#lost++;
        return;
      }
      this.#freeAt = start + ((bytes.length + 28) * 8) / kbps;
      wait += this.#freeAt - now;
    }
    const copies = this.#random() * 100 < duplicatePercent ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      this.#fly(now + wait, () => this.#safely(send, bytes));
    }
    this.#land();
  }

  /** A timer for each datagram would let those overtake that are due in the same millisecond. */
  #fly(dueMs: number, land: () => void): void {
    let at = this.#flying.length;
    while (at > 0 && this.#flying[at - 1]!.dueMs > dueMs) {
      at--;
    }
    this.#flying.splice(at, 0, { dueMs, land });
  }

  #land(): void {
    const now = performance.now();
    let due = 0;
    while (due < this.#flying.length && this.#flying[due]!.dueMs <= now) {
      due++;
    }
    this.#flying.splice(0, due).forEach(({ land }) => land());
    clearTimeout(this.#timer);
    const next = this.#flying[0];
    if (next) {
      this.#timer = setTimeout(() => this.#land(), next.dueMs - now);
    }
  }

  /** A socket may have been closed while the datagram was on its way. */
  #safely(send: (copy: Buffer) => void, bytes: Buffer): void {
    try {
      send(bytes);
    } catch {
      // Then nobody waits for it any more.
    }
  }
}

/** A small generator with a seed; good enough for weather. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
