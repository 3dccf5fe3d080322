package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Shed;
import dev.amphi.server.load.Distribution;

/**
 * How old frames are when they are coded, in milliseconds.
 *
 * @param whole from a frame's arrival to the coded sample that shows it first
 * @param untilDue of that until the program's picture is due: the jitter buffer, the wait for the
 *     voice, and the way to the next picture
 * @param afterDue the rest: pacing, drawing, coding, pipe
 * @param skipped frames that the program never showed
 * @param cpu CPU-seconds per second of program
 * @param residentMib a minute after the start
 * @param pictures coded per second
 * @param shed the most that it went without
 */
record DelayResult(
    Distribution.Summary whole,
    Distribution.Summary untilDue,
    Distribution.Summary afterDue,
    long skipped,
    double cpu,
    double residentMib,
    double pictures,
    Shed shed) {
  /** A frame is shown in the first picture of the program that is due no more than 12 ms before. */
  private static final double WAY_MILLIS = 1_000.0 / BenchScene.FRAMES_PER_SECOND - 12;

  /**
   * What lies beyond the jitter buffer, at most: the way from the frame's instant to the next
   * picture of a program that makes them all, and what comes after that is due; the median.
   */
  double beyondMillis() {
    return WAY_MILLIS + afterDue.median();
  }
}
