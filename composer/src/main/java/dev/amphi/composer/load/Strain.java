package dev.amphi.composer.load;

/**
 * How hard a program has it at one instant.
 *
 * @param lateNanos how far its picture is behind the clock
 * @param busy the share of its time that its busiest thread has worked of late, 0 to 1
 * @param busiest that thread's name
 */
public record Strain(long lateNanos, double busy, String busiest) {
  private static final long LATE_NANOS = 150_000_000L;
  private static final double BUSY = 0.9;
  private static final long IN_TIME_NANOS = 70_000_000L;
  private static final double AT_EASE = 0.45;

  /** The same with another thread, if that is busier. */
  public Strain with(String thread, double share) {
    return share > busy ? new Strain(lateNanos, share, thread) : this;
  }

  /** Whether pictures really come late. */
  boolean late() {
    return lateNanos >= LATE_NANOS;
  }

  /** Whether they are late, or soon may be: a thread has hardly any time left. */
  boolean hard() {
    return late() || busy >= BUSY;
  }

  /** Whether there is time for twice as much. */
  boolean calm() {
    return lateNanos < IN_TIME_NANOS && busy < AT_EASE;
  }
}
