package dev.amphi.interactive.bandwidth;

/**
 * How long a packet takes when none waits before it: as long as the quickest of the last 10 to 20
 * s, until the way becomes longer. A queue grows packet by packet, and what does not fit is lost; a
 * way becomes longer from one packet to the next and stays as it is. So a delay that leaps counts
 * as the way's own at once, unless it goes on growing, or falls, or much is lost; and so does one
 * of which two halves of a second in a row have the same least and mostly no more, because a queue
 * behind which more or less is sent drains or grows. Who lacks a processor delays some packets, but
 * hardly all of half a second.
 */
final class BaseDelay {
  /** Less is jitter. */
  static final long JITTER_NANOS = 10_000_000;

  private static final long LONG_NANOS = 10_000_000_000L;
  private static final long HALF_NANOS = 500_000_000;
  private static final int FEW_PACKETS = 8;

  /** So much of the rise lies between two packets. */
  private static final double LEAP_SHARE = 0.75;

  /** A queue that is full loses more. */
  private static final int LOST_SHARE = 8;

  private final LeastDelay longer = new LeastDelay(LONG_NANOS);
  private final LeastDelay half = new LeastDelay(HALF_NANOS);
  private boolean leapt;
  private boolean fell;
  private boolean rose;
  private long level;
  private long before = LeastDelay.NONE;
  private long halfBefore = LeastDelay.NONE;
  private int near;
  private long last = LeastDelay.NONE;
  private long steepest;
  private long steepestBefore;
  private final Losses losses = new Losses();

  /** What came and what did not, in this half of a second and the one before. */
  private static final class Losses {
    private int came;
    private int lost;
    private int cameBefore;
    private int lostBefore;

    int all() {
      return came + lost + cameBefore + lostBefore;
    }

    boolean overflow() {
      return lost + lostBefore > all() / LOST_SHARE;
    }

    void next() {
      cameBefore = came;
      lostBefore = lost;
      came = 0;
      lost = 0;
    }

    void reset() {
      next();
      next();
    }
  }

  /** A packet took so long. */
  void onPacket(long delayNanos, long arrivedNanos) {
    longer.add(delayNanos, arrivedNanos);
    steepest = last == LeastDelay.NONE ? 0 : Math.max(steepest, delayNanos - last);
    last = delayNanos;
    losses.came++;
  }

  /** A packet did not come. */
  void onLost() {
    losses.lost++;
    if (leapt && losses.all() >= FEW_PACKETS && losses.overflow()) {
      leapt = false;
    }
  }

  /** The quickest of those packets that came in the last 50 ms took so long. */
  void onQuickest(long delayNanos, long nowNanos) {
    if (leapt && delayNanos < level - JITTER_NANOS) {
      // Once: it leapt while something was late. Again: it drains.
      level = delayNanos;
      leapt = !fell && level - longer.get() > JITTER_NANOS;
      fell = true;
    } else if (leapt && delayNanos > level + JITTER_NANOS) {
      // Once: some packets were late. Again: it goes on growing.
      leapt = !rose;
      rose = true;
    } else if (!leapt && leaps(delayNanos)) {
      leapt = true;
      fell = false;
      rose = false;
      level = delayNanos;
      halfBefore = LeastDelay.NONE;
      near = 0;
      half.reset();
      losses.reset();
    }
    rose &= delayNanos > level + JITTER_NANOS;
    if (halfBefore != LeastDelay.NONE) {
      near += Math.abs(delayNanos - halfBefore) <= JITTER_NANOS ? 1 : -1;
    }
    if (half.add(delayNanos, nowNanos) && half.ended() != LeastDelay.NONE) {
      onHalf(half.ended(), nowNanos);
    }
    before = delayNanos;
    steepestBefore = steepest;
    steepest = 0;
  }

  private boolean leaps(long delayNanos) {
    if (before == LeastDelay.NONE || before - longer.get() > JITTER_NANOS) {
      return false;
    }
    long rise = delayNanos - before;
    return rise > JITTER_NANOS && Math.max(steepest, steepestBefore) >= LEAP_SHARE * rise;
  }

  /** The quickest of half a second took so long. */
  private void onHalf(long delayNanos, long nowNanos) {
    boolean same =
        halfBefore != LeastDelay.NONE && Math.abs(delayNanos - halfBefore) <= JITTER_NANOS;
    if (same && near > 0 && !losses.overflow()) {
      longer.reset();
      longer.add(Math.min(halfBefore, delayNanos), nowNanos);
      leapt = false;
    }
    halfBefore = delayNanos;
    near = 0;
    losses.next();
  }

  /** Or {@link LeastDelay#NONE} while nothing has come. */
  long nanos() {
    return leapt ? Math.max(level, longer.get()) : longer.get();
  }

  /** Begins anew. */
  void reset() {
    longer.reset();
    before = LeastDelay.NONE;
    half.reset();
    halfBefore = LeastDelay.NONE;
    leapt = false;
    last = LeastDelay.NONE;
    steepest = 0;
    steepestBefore = 0;
    near = 0;
    losses.reset();
  }
}
