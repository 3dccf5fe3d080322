package dev.amphi.composer.load;

import java.util.concurrent.atomic.AtomicLong;

/** How much of its time one thread works, of late. Work is added by any thread, read by one. */
public final class Duty {
  private static final long WINDOW_NANOS = 500_000_000L;

  private final AtomicLong workedNanos = new AtomicLong();
  private long windowStartNanos;
  private long workedBefore;
  private boolean begun;
  private double share;

  /** Adds a piece of work that is done. */
  public void worked(long nanos) {
    workedNanos.addAndGet(nanos);
  }

  /** The share of the last half second that was work, 0 to 1. */
  public double share(long nowNanos) {
    if (!begun) {
      begun = true;
      windowStartNanos = nowNanos;
      workedBefore = workedNanos.get();
    } else if (nowNanos - windowStartNanos >= WINDOW_NANOS) {
      long worked = workedNanos.get();
      share = Math.min(1, (worked - workedBefore) / (double) (nowNanos - windowStartNanos));
      workedBefore = worked;
      windowStartNanos = nowNanos;
    }
    return share;
  }
}
