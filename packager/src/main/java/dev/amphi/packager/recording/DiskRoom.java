package dev.amphi.packager.recording;

/**
 * Says in time when the disk will not take the rest of a class. What is recorded needs its room
 * twice, because the MP4 is made beside the chunks. Pure; for one thread.
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
   * @param writtenBytes of this recording
   * @param seconds that are recorded
   */
  String judge(long usableBytes, long writtenBytes, double seconds) {
    if (seconds < LEARN_S || writtenBytes <= 0) {
      return "";
    }
    double left = (usableBytes - writtenBytes) / (2 * writtenBytes / seconds);
    if (left >= WARN_S) {
      step = 0;
      return "";
    }
    return "The disk has room for about "
        + Math.max(0, Math.round(left / 60))
        + " more minutes of this recording: free some of it, or end the recording.";
  }

  /** Whether the log should have it too: at 30, 15, 5 and 1 minutes, once each. */
  boolean isNews(long usableBytes, long writtenBytes, double seconds) {
    if (judge(usableBytes, writtenBytes, seconds).isEmpty()) {
      return false;
    }
    double minutes = (usableBytes - writtenBytes) / (2 * writtenBytes / seconds) / 60;
    int before = step;
    while (step < STEPS_MIN.length && minutes < STEPS_MIN[step]) {
      step++;
    }
    return step > before;
  }
}
