package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Shed;

/**
 * How one of several rooms did.
 *
 * @param pictures coded per second of the clock
 * @param speed seconds of program per second of the clock
 * @param shed the most that it went without
 * @param latestMillis how late its pictures were at most, by its own word
 * @param cpu CPU-seconds per second of the clock
 */
record RoomResult(
    int number,
    double pictures,
    double speed,
    Shed shed,
    long latestMillis,
    double cpu,
    double residentMib) {
  private static final double ALL = 0.99;

  /** Whether it made every picture, in time. */
  boolean whole() {
    return shed == Shed.NOTHING && pictures >= ALL * BenchScene.FRAMES_PER_SECOND && speed >= ALL;
  }
}
