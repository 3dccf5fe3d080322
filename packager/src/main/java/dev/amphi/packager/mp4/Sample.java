package dev.amphi.packager.mp4;

/**
 * One coded access unit on its way to the muxer, decoded and shown in the order it comes.
 *
 * @param timeTicks decode and presentation time in the track's timescale
 * @param durationTicks positive
 * @param sync whether decoding can start here
 */
public record Sample(Bytes payload, long timeTicks, int durationTicks, boolean sync) {
  /** The time at which the next sample is due. */
  public long endTicks() {
    return timeTicks + durationTicks;
  }
}
