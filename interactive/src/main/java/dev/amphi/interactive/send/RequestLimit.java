package dev.amphi.interactive.send;

/**
 * At most {@link #REQUESTS} key frame requests in ten seconds from one subscriber reach the
 * publisher. What comes before the key frame that was asked for could be decoded there means that
 * same key frame. What comes too often is not forgotten but put off: a subscriber that asks only
 * once is served in the end, unless a key frame came meanwhile. Who has come to another network may
 * ask once more, because what was lost between the two is nobody's storm.
 */
final class RequestLimit {
  static final long NEVER = Long.MAX_VALUE;
  static final int REQUESTS = 3;
  static final long WINDOW_NANOS = 10_000_000_000L;

  /** A request that had no effect for so long may be made again. */
  static final long MERGE_NANOS = 500_000_000;

  /** Between two moves that count: who flaps between networks asks no more often for it. */
  static final long MOVES_NANOS = 5_000_000_000L;

  /** A key frame's packets take a while beside the way there and back. */
  private static final long KEY_FRAME_NANOS = 100_000_000;

  private final long[] times = new long[REQUESTS];
  private int passed;
  private long keyFrameNanos = Long.MIN_VALUE;
  private boolean putOff;
  private boolean moved;
  private long spentNanos = Long.MIN_VALUE / 2;

  /** Whether a request may pass now. */
  boolean tryPass(long roundTripNanos, long nowNanos) {
    boolean onItsWay =
        keyFrameNanos != Long.MIN_VALUE
            && nowNanos - keyFrameNanos < roundTripNanos + KEY_FRAME_NANOS;
    if (onItsWay) {
      return false; // asked before the key frame was there
    }
    putOff = true;
    return poll(nowNanos);
  }

  /** A key frame began to go out to the subscriber. */
  void onKeyFrame(long nowNanos) {
    keyFrameNanos = nowNanos;
    putOff = false;
  }

  /** The slot shows something else: who asked meant what was there before. */
  void reset() {
    keyFrameNanos = Long.MIN_VALUE;
    putOff = false;
  }

  /** The way to the subscriber is another. */
  void moved() {
    moved = true;
  }

  /** Whether a request that was put off passes now. */
  boolean poll(long nowNanos) {
    if (nowNanos < nextDeadlineNanos()) {
      return false;
    }
    putOff = false;
    if (passed >= REQUESTS && nowNanos < times[passed % REQUESTS] + WINDOW_NANOS) {
      moved = false;
      spentNanos = nowNanos;
    }
    times[passed % REQUESTS] = nowNanos;
    passed++;
    return true;
  }

  /** When {@link #poll} will say yes, or {@link #NEVER}; the past means now. */
  long nextDeadlineNanos() {
    if (!putOff) {
      return NEVER;
    }
    if (passed == 0) {
      return Long.MIN_VALUE;
    }
    long newest = times[(passed + REQUESTS - 1) % REQUESTS];
    boolean answered = keyFrameNanos != Long.MIN_VALUE && keyFrameNanos >= newest;
    long next = answered ? newest : newest + MERGE_NANOS;
    if (passed < REQUESTS) {
      return next;
    }
    long free = times[passed % REQUESTS] + WINDOW_NANOS;
    return Math.max(next, moved ? Math.min(free, spentNanos + MOVES_NANOS) : free);
  }
}
