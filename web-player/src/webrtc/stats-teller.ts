import { DigestTaker, type Digest, type StatsEntry } from '../core/stage/client-digest.ts';

/** Tells the server now and then what the browser measures, where the school asked for it. */
export class StatsTeller {
  readonly #taker = new DigestTaker();
  readonly #look: () => Promise<RTCStatsReport>;
  readonly #tell: (digest: Digest) => void;
  readonly #timer: ReturnType<typeof setInterval>;

  /**
   * @param tell may drop a digest; the next one then covers its own time only
   */
  constructor(
    look: () => Promise<RTCStatsReport>,
    tell: (digest: Digest) => void,
    everyMs: number,
  ) {
    this.#look = look;
    this.#tell = tell;
    this.#timer = setInterval(() => void this.#take(false), everyMs);
    void this.#take(false);
  }

  /** Tells the rest; to be called before the peer connection is closed. */
  end(): Promise<void> {
    clearInterval(this.#timer);
    return this.#take(true);
  }

  async #take(last: boolean): Promise<void> {
    try {
      const entries: StatsEntry[] = [];
      (await this.#look()).forEach((entry: StatsEntry) => entries.push(entry));
      const digest = this.#taker.take(entries, performance.now(), last);
      if (digest) {
        this.#tell(digest);
      }
    } catch {
      // Figures are not worth a word to the person: the next look tells more.
    }
  }
}
