package dev.amphi.packager.push;

/**
 * How long to wait before the next attempt: twice as long each time, from one second to half a
 * minute (two where each attempt costs a process, which SRT's does), and of that between a half and
 * all, so that many do not come back at one instant.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final long LONGEST_MILLIS = 30_000;
  private static final long LONGEST_OF_PROCESSES_MILLIS = 120_000;

  /** A connection that held so long was a good one. */
  private static final long GOOD_NANOS = 30_000_000_000L;

  private final long longestMillis;
  private int failures;

  /** Of a destination that is called so. */
  public Backoff(Destination.Scheme scheme) {
    longestMillis = scheme == Destination.Scheme.SRT ? LONGEST_OF_PROCESSES_MILLIS : LONGEST_MILLIS;
  }

  /**
   * A connection ended, or none came about.
   *
   * @param lastedNanos how long it carried media; 0 for none
   * @param random from 0 to 1
   * @return how long to wait
   */
  public long failedMillis(long lastedNanos, double random) {
    failures = lastedNanos >= GOOD_NANOS ? 0 : failures;
    long wholeMillis = Math.min(longestMillis, FIRST_MILLIS << Math.min(failures, 10));
    failures++;
    return (long) (wholeMillis * (1 + random) / 2);
  }
}
