package dev.amphi.interactive.room;

/** Writes down what fails again and again, at most once in ten seconds. */
final class FailureLog {
  private static final long QUIET_NANOS = 10_000_000_000L;
  private static final System.Logger LOG = System.getLogger(FailureLog.class.getName());

  private final String roomId;
  private boolean told;
  private long toldAtNanos;
  private long untold;

  FailureLog(String roomId) {
    this.roomId = roomId;
  }

  void failed(String what, RuntimeException failure, long nowNanos) {
    if (told && nowNanos - toldAtNanos < QUIET_NANOS) {
      untold++;
      return;
    }
    LOG.log(
        System.Logger.Level.ERROR,
        "room " + roomId + ": " + what + " failed; " + untold + " failures since the last told",
        failure);
    told = true;
    toldAtNanos = nowNanos;
    untold = 0;
  }
}
