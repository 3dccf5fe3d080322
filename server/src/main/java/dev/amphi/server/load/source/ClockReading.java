package dev.amphi.server.load.source;

/**
 * A clock that was read in a picture.
 *
 * @param millis the lowest 32 bits of the wall clock, in milliseconds, when the picture was drawn
 * @param x left edge of the strip, pixels
 * @param y top edge of the strip, pixels
 * @param width of the strip, pixels
 * @param height of the strip, pixels
 */
public record ClockReading(int millis, int x, int y, int width, int height) {
  /**
   * How old the picture is at a wall clock; negative when the clocks disagree. Right for ages below
   * 24 days, because only 32 bits are in the picture.
   */
  public int ageMillis(long wallClockMillis) {
    return (int) wallClockMillis - millis;
  }
}
