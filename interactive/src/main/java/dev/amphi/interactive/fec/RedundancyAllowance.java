package dev.amphi.interactive.fec;

/**
 * Whether one way out has room for redundancy. Loss alone does not say so: where it comes of a
 * queue that is full, whatever is sent beside the media adds to it. So sound may double only while
 * that fits into what the way is estimated to carry, and nothing is added while a queue grew
 * lately.
 */
public final class RedundancyAllowance {
  /** So long after a queue grew a loss counts as its doing. */
  public static final long QUEUE_NANOS = 10_000_000_000L;

  /** Twice the sound has to fit in this many times before it is doubled. */
  private static final double ENTER = 1.5;

  /** And this many times as long as it is. */
  private static final double STAY = 1.1;

  private static final long MEASURED_NANOS = 1_000_000_000;
  private static final double BITS_NANOS = 8e9;
  private static final long NEVER = Long.MIN_VALUE;

  private boolean fits = true;
  private long soundBps;
  private long soundBytes;
  private long measuredNanos = NEVER;
  private long overuses;
  private long queueNanos = NEVER;
  private boolean queueing;

  /**
   * Takes what is known of the way.
   *
   * @param targetBps what it is estimated to carry
   * @param overuses how often a growing queue was seen on it
   * @param soundBytes what was sent of sound so far, without redundancy
   */
  public void update(long targetBps, long overuses, long soundBytes, long nowNanos) {
    measure(soundBytes, nowNanos);
    if (overuses != this.overuses) {
      this.overuses = overuses;
      queueNanos = nowNanos;
    }
    queueing = queueNanos != NEVER && nowNanos - queueNanos < QUEUE_NANOS;
    fits = targetBps >= 2 * (fits ? STAY : ENTER) * soundBps;
  }

  private void measure(long bytes, long nowNanos) {
    if (measuredNanos == NEVER || bytes < soundBytes) { // a slot is gone
      measuredNanos = nowNanos;
      soundBytes = bytes;
    } else if (nowNanos - measuredNanos >= MEASURED_NANOS) {
      soundBps = (long) ((bytes - soundBytes) * BITS_NANOS / (nowNanos - measuredNanos));
      measuredNanos = nowNanos;
      soundBytes = bytes;
    }
  }

  /** Whether sound may be sent twice (RED). */
  public boolean forSound() {
    return fits && !queueing;
  }

  /** Whether parity may be sent beside pictures (FlexFEC), within its budget. */
  public boolean forPictures() {
    return !queueing;
  }
}
