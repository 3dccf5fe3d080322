package dev.amphi.interactive.bandwidth;

/**
 * How long a packet takes when none waits before it: as long as the quickest of the last 10 to 20
 * s, until the way becomes longer. A queue grows packet by packet, and what does not fit is lost; a
 * way becomes longer from one packet to the next and stays as it is. So a delay that leaps counts
 * as the way's own at once, unless it goes on growing, or falls, or much is lost; and so does one
 * that has stood as it is for a second, because a queue behind which more or less is sent drains or
 * grows.
 */
final class BaseDelay {
  /** Less is jitter. */
  static final long JITTER_NANOS = 10_000_000;

  private static final long LONG_NANOS = 10_000_000_000L;
  private static final long SETTLED_NANOS = 1_000_000_000;
  private static final int FEW_PACKETS = 8;

  /** So much of the rise lies between two packets. */
  private static final double LEAP_SHARE = 0.75;

  /** A queue that is full loses more. */
  private static final int LOST_SHARE = 8;

  private final LeastDelay longer = new LeastDelay(LONG_NANOS);
  private boolean started;
  private boolean leapt;
  private long before;
  private long last = LeastDelay.NONE;
  private long steepest;
  private long steepestBefore;
  private long level;
  private long levelNanos;
  private int came;
  private int lost;

  /** A packet took so long. */
  void onPacket(long delayNanos, long arrivedNanos) {
    longer.add(delayNanos, arrivedNanos);
    steepest = last == LeastDelay.NONE ? 0 : Math.max(steepest, delayNanos - last);
    last = delayNanos;
    came++;
  }

  /** A packet did not come. */
  void onLost() {
    lost++;
    if (leapt && came + lost >= FEW_PACKETS && overflows()) {
      leapt = false;
    }
  }

  private boolean overflows() {
    return lost > (came + lost) / LOST_SHARE;
  }

  /** The quickest of those packets that came in the last 50 ms took so long. */
  void onQuickest(long delayNanos, long nowNanos) {
    if (!started || Math.abs(delayNanos - level) > JITTER_NANOS) {
      boolean idle = started && !leapt && before - longer.get() <= JITTER_NANOS;
      leapt = idle && leaps(delayNanos - before);
      stand(delayNanos, nowNanos);
    } else if (nowNanos - levelNanos >= SETTLED_NANOS) {
      if (!overflows()) {
        longer.reset();
        longer.add(Math.min(level, delayNanos), nowNanos);
      }
      leapt = false;
      stand(delayNanos, nowNanos);
    }
    before = delayNanos;
    steepestBefore = steepest;
    steepest = 0;
  }

  private boolean leaps(long riseNanos) {
    return riseNanos > JITTER_NANOS && Math.max(steepest, steepestBefore) >= LEAP_SHARE * riseNanos;
  }

  private void stand(long delayNanos, long nowNanos) {
    started = true;
    level = delayNanos;
    levelNanos = nowNanos;
    came = 0;
    lost = 0;
  }

  /** Or {@link LeastDelay#NONE} while nothing has come. */
  long nanos() {
    return leapt ? Math.max(level, longer.get()) : longer.get();
  }

  /** Begins anew. */
  void reset() {
    longer.reset();
    started = false;
    leapt = false;
    last = LeastDelay.NONE;
    steepest = 0;
    steepestBefore = 0;
    came = 0;
    lost = 0;
  }
}
