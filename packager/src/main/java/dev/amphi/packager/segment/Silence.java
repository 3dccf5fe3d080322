package dev.amphi.packager.segment;

/**
 * Measures how long no sample came. Time in which nobody looked does not count: then samples may
 * wait to be taken. Confined to one caller; pure.
 */
public final class Silence {
  private static final long NANOS = 1_000_000L;
  private static final long LONGEST_LOOK_NANOS = 300 * NANOS;

  /** As long as a segment that was made. */
  private static final long SEGMENT_NANOS = 1600 * NANOS;

  /** What was made but has not come yet would have come by then. */
  private static final long ON_THE_WAY_NANOS = 400 * NANOS;

  /** By then a program that hangs has been given up by whoever watches over it. */
  private static final long HANGS_NANOS = 3400 * NANOS;

  private long silentNanos;
  private long lastLookNanos;
  private boolean looked;
  private boolean told;

  /** A sample came. */
  public void broken() {
    silentNanos = 0;
    told = false;
  }

  /**
   * Looks at the clock.
   *
   * @param away whether whoever made the program is known to be gone
   * @return how much is to be told as missing now, in nanoseconds; 0 when nothing is
   */
  public long look(long nowNanos, boolean away) {
    long since = looked ? nowNanos - lastLookNanos : 0;
    lastLookNanos = nowNanos;
    looked = true;
    silentNanos += Math.min(since, LONGEST_LOOK_NANOS);
    long patience = away || told ? SEGMENT_NANOS + ON_THE_WAY_NANOS : HANGS_NANOS;
    if (silentNanos < patience) {
      return 0;
    }
    told = true;
    silentNanos -= SEGMENT_NANOS;
    return SEGMENT_NANOS;
  }
}
