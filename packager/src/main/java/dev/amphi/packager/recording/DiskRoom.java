package dev.amphi.packager.recording;

/**
 * Says in time when the disk will not take the rest of a class. What is recorded needs its room
 * twice, because the MP4 is made beside the chunks; and others record too. Pure; for one thread.
 */
final class DiskRoom {
  /** Whoever has to free some needs that long. */
  private static final double WARN_S = 30 * 60;

  /** Before that the rate of a recording says little. */
  private static final double LEARN_S = 10;

  private static final int[] STEPS_MIN = {30, 15, 5, 1};

  private int step;

  /**
   * What to tell people now; "" as long as there is room.
   *
   * @param usableBytes of the disk, now
   * @param written by all recordings
   * @param seconds that are recorded of this one
   */
  String judge(long usableBytes, DiskUse.Total written, double seconds) {
    if (seconds < LEARN_S || written.bytesPerS() <= 0) {
      return "";
    }
    double left = left(usableBytes, written);
    if (left >= WARN_S) {
      step = 0;
      return "";
    }
    return "The disk has room for about "
        + Math.max(0, Math.round(left / 60))
        + " more minutes of this recording: free some of it, or end the recording.";
  }

  /** Whether the log should have it too: at 30, 15, 5 and 1 minutes, once each. */
  boolean isNews(long usableBytes, DiskUse.Total written, double seconds) {
    if (judge(usableBytes, written, seconds).isEmpty()) {
      return false;
    }
    double minutes = left(usableBytes, written) / 60;
    int before = step;
    while (step < STEPS_MIN.length && minutes < STEPS_MIN[step]) {
      step++;
    }
    return step > before;
  }

  private static double left(long usableBytes, DiskUse.Total written) {
    return (usableBytes - written.bytes()) / (2 * written.bytesPerS());
  }
}
