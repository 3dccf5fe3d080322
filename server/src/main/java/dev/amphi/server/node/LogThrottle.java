package dev.amphi.server.node;

/** Lets one line a minute into the log of what fails again and again. For one thread. */
final class LogThrottle {
  static final long QUIET_NANOS = 60_000_000_000L;

  private boolean said;
  private long saidNanos;

  /** Whether it is time to say it, which is then taken as said. */
  boolean due(long nowNanos) {
    if (said && nowNanos - saidNanos < QUIET_NANOS) {
      return false;
    }
    said = true;
    saidNanos = nowNanos;
    return true;
  }
}
