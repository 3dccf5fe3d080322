package dev.amphi.packager.segment;

/**
 * How long things may be; fixed for a broadcast, because a playlist must not change its promises.
 *
 * @param targetDurationS EXT-X-TARGETDURATION: no segment is longer
 * @param part the grid on which parts are cut, counted from the segment's start
 * @param partTarget PART-TARGET: no part is longer; a sound frame longer than {@code part}
 * @param listedPartSegments parts are listed for so many complete segments at the live edge
 */
public record SegmentPlan(
    int targetDurationS, MediaTime part, MediaTime partTarget, int listedPartSegments) {
  /** Eight pictures of thirty in a second, or twelve to thirteen AAC frames. */
  public static SegmentPlan standard() {
    return new SegmentPlan(2, new MediaTime(24_000, 90_000), new MediaTime(280, 1000), 3);
  }

  /**
   * PART-HOLD-BACK: at least three times PART-TARGET (RFC 8216bis §4.4.3.8). Four and a half is
   * what a player can hold at normal speed: at three it would hurry after the edge all the time.
   */
  public double partHoldBackS() {
    return Math.round(partTarget.seconds() * 4.5 * 100) / 100.0;
  }

  /** CAN-SKIP-UNTIL: at least six target durations (§4.4.3.8). */
  public double canSkipUntilS() {
    return targetDurationS * 6.0;
  }

  /** HOLD-BACK: at least three target durations (§4.4.3.8). */
  public double holdBackS() {
    return targetDurationS * 3.0;
  }

  /** How far ahead of the last part a reload may ask (§6.2.5.2). */
  public int advancePartLimit() {
    double target = partTarget.seconds();
    return target < 1 ? (int) Math.ceil(3 / target) : 3;
  }
}
