package dev.amphi.composer.timing;

/**
 * The program's clock: frame n is due at start + n / rate, exactly and for ever, so that it never
 * drifts from the monotonic clock. After a stall the frames that were missed are all still due; a
 * caller takes at most a burst of them before it looks at its input again.
 */
public final class OutputTick {
  private static final long SECOND = 1_000_000_000L;

  private final long startNanos;
  private final int framesPerSecond;
  private final int burst;
  private long next;

  /**
   * Starts a clock.
   *
   * @param burst the most frames that {@link #due} tells at once
   */
  public OutputTick(long startNanos, int framesPerSecond, int burst) {
    this.startNanos = startNanos;
    this.framesPerSecond = framesPerSecond;
    this.burst = burst;
  }

  /** How many frames are to be made now, at most a burst. */
  public int due(long nowNanos) {
    if (nowNanos < deadlineNanos()) {
      return 0;
    }
    long behind = (long) ((double) (nowNanos - deadlineNanos()) * framesPerSecond / SECOND) + 1;
    return (int) Math.min(burst, behind);
  }

  /** Takes the next frame and returns its number. */
  public long take() {
    return next++;
  }

  /** The instant of a frame. */
  public long timeNanos(long frame) {
    long seconds = frame / framesPerSecond;
    long rest = frame % framesPerSecond;
    return startNanos + seconds * SECOND + rest * SECOND / framesPerSecond;
  }

  /** When the next frame is due. */
  public long deadlineNanos() {
    return timeNanos(next);
  }
}
