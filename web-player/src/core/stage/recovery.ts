/** ICE often heals by itself within this time, as when a train leaves a short tunnel. */
const SELF_HEALING_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 8_000;
/** A new network has its address and its route by then. */
const SETTLING_MS = 150;
/** How long an answered restart may look for its path before the next one cuts it off. */
const SEARCH_MS = 4_000;

/** How long to wait after so many failures in a row, from 1 on: 1, 2, 4, then 8 s. */
export function retryDelayMs(failures: number): number {
  return Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (Math.max(1, failures) - 1));
}

/**
 * When a peer connection should next be asked for a new path. It holds no timer: after each event
 * the owner asks for `due` and sets its own. Times are milliseconds of one clock.
 */
export class Recovery {
  #broken = false;
  #moved = false;
  #running = 0;
  #attempts = 0;
  #lastEndMs = -Infinity;
  #dueMs = Infinity;

  /** When to restart ICE; infinite while all is well or an attempt is under way. */
  get dueMs(): number {
    return (this.#broken || this.#moved) && this.#running === 0 ? this.#dueMs : Infinity;
  }

  /** The path fell silent; it may come back. */
  disconnected(nowMs: number): void {
    if (!this.#broken) {
      this.#broken = true;
      this.#dueMs = Math.min(this.#dueMs, nowMs + SELF_HEALING_MS);
    }
  }

  /** The browser gave up: nothing heals by itself any more. */
  failed(nowMs: number): void {
    const soonest = Math.max(nowMs, this.#lastEndMs + retryDelayMs(this.#attempts));
    this.#dueMs = this.#broken ? Math.min(this.#dueMs, soonest) : soonest;
    this.#broken = true;
  }

  connected(): void {
    this.#broken = false;
    this.#attempts = 0;
    if (!this.#moved) {
      this.#dueMs = Infinity;
    }
  }

  /**
   * One is in another network now: the browser would go on asking on the old way for five seconds
   * and more before it says so.
   */
  moved(nowMs: number): void {
    this.#moved = true;
    this.#attempts = 0;
    const soonest = Math.max(nowMs + SETTLING_MS, this.#lastEndMs + FIRST_RETRY_MS);
    this.#dueMs = Math.min(this.#dueMs, soonest);
  }

  /** The network is better now, perhaps: what failed before says nothing any more. */
  hurry(nowMs: number): void {
    if (!this.#broken) {
      return;
    }
    this.#attempts = 0;
    this.#dueMs = Math.min(this.#dueMs, Math.max(nowMs, this.#lastEndMs + FIRST_RETRY_MS));
  }

  /** An attempt begins; several may be queued behind one another. */
  begun(): void {
    this.#running++;
  }

  /** @param answered whether the server took the offer; the path is still to be found then */
  ended(answered: boolean, nowMs: number): void {
    this.#running--;
    this.#attempts++;
    this.#lastEndMs = nowMs;
    this.#moved &&= !answered;
    const delay = retryDelayMs(this.#attempts);
    if (!this.#broken && !this.#moved) {
      this.#dueMs = Infinity;
      return;
    }
    this.#dueMs = nowMs + (answered ? Math.max(SEARCH_MS, delay) : delay);
  }
}
