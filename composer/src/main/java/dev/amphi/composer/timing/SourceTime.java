package dev.amphi.composer.timing;

/**
 * Which instant of the sources a frame of the program shows. As a rule its own; but a program that
 * a busy machine has left behind shows what is there now, because the sources keep a second of
 * sound and pictures and no more: without this it would be black and silent until it has caught up.
 * The viewer then sees a short jump.
 */
public final class SourceTime {
  /** How far behind the sources may be read. */
  private static final long MOST_LATE_NANOS = 600_000_000;

  /** Where reading goes on after a jump: within what the sources have already. */
  private static final long LATE_NANOS = 200_000_000;

  private long shiftNanos;

  /**
   * The instant to read the sources at.
   *
   * @param frameNanos when the frame is due, by the program's clock
   */
  public long of(long frameNanos, long nowNanos) {
    long late = nowNanos - frameNanos - shiftNanos;
    if (late > MOST_LATE_NANOS || (late < 0 && shiftNanos > 0)) {
      shiftNanos = Math.max(0, nowNanos - LATE_NANOS - frameNanos);
    }
    return frameNanos + shiftNanos;
  }
}
