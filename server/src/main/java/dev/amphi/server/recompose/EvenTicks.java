package dev.amphi.server.recompose;

/**
 * The clock of a source, found again in the times at which its frames were played, which are whole
 * milliseconds: sound goes on from packet to packet by what each lasts, as it did at the source,
 * and only a hole or a jump is one. For one track; pure.
 */
final class EvenTicks {
  private static final int TICKS_PER_MS = 48;

  /** What the program's clock and the source's may differ by from one packet to the next. */
  private static final long LOOSE_MS = 10;

  /** Shorter packets are not whole milliseconds. */
  private static final long SHORTEST_MS = 10;

  private long lastMs = -1;
  private long lastedMs;
  private long ticks;

  /**
   * The time of the next packet, in 1/48,000 s.
   *
   * @param atMs when it is played
   * @param lastsMs what it says itself; 0 where it does not
   */
  long of(long atMs, long lastsMs) {
    if (lastMs < 0) {
      ticks = atMs * TICKS_PER_MS;
    } else {
      long apartMs = atMs - lastMs;
      boolean follows = lastedMs >= SHORTEST_MS && Math.abs(apartMs - lastedMs) <= LOOSE_MS;
      ticks += (follows ? lastedMs : apartMs) * TICKS_PER_MS;
    }
    lastMs = atMs;
    lastedMs = lastsMs;
    return ticks;
  }
}
