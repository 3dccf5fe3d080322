package dev.amphi.interactive.rtp;

/**
 * How far this node's wall clock is ahead of one publisher's, taken once at the publisher's first
 * sender report. All streams of the publisher share it, so that sound and picture keep the relation
 * which the publisher gave them while they are told in this node's time.
 */
public final class NtpAlignment {
  private final NtpClock local;
  private boolean known;
  private long aheadNanos;

  /** An alignment towards this node's clock. */
  public NtpAlignment(NtpClock local) {
    this.local = local;
  }

  /** Takes the publisher's wall clock as it stood when a report was sent that arrives now. */
  void observe(long remoteNtpNanos, long nowNanos) {
    if (!known) {
      known = true;
      aheadNanos = local.ntpNanos(nowNanos) - remoteNtpNanos;
    }
  }

  /** The publisher's time in this node's time. */
  long toLocal(long remoteNtpNanos) {
    return remoteNtpNanos + aheadNanos;
  }
}
