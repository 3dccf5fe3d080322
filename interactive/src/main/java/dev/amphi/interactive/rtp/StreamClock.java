package dev.amphi.interactive.rtp;

/**
 * The line between one stream's RTP timestamps and its sender's NTP clock, drawn by the newest
 * sender report (RFC 3550 §6.4.1).
 */
public final class StreamClock {
  /** No report has come. */
  public static final long UNKNOWN = -1;

  private static final double NANOS_PER_SECOND = 1e9;

  private final int clockRate;
  private final NtpAlignment alignment;
  private long reportNtpNanos = UNKNOWN;
  private long reportRtp;
  private long reportMiddle;
  private long arrivalNanos;

  /** A clock that ticks {@code clockRate} times a second. */
  public StreamClock(int clockRate, NtpAlignment alignment) {
    this.clockRate = clockRate;
    this.alignment = alignment;
  }

  /** Takes a report's pair. */
  public void onReport(long ntp, long rtpTimestamp, long nowNanos) {
    if (ntp == 0) { // RFC 3550 §6.4.1: a sender without a wall clock
      return;
    }
    reportNtpNanos = NtpTime.toNanos(ntp);
    reportMiddle = NtpTime.middle(ntp);
    reportRtp = rtpTimestamp;
    arrivalNanos = nowNanos;
    alignment.observe(reportNtpNanos, nowNanos);
  }

  /** Whether a report has come. */
  public boolean known() {
    return reportNtpNanos != UNKNOWN;
  }

  /** The sender's wall clock at a timestamp, nanoseconds since 1900, or {@link #UNKNOWN}. */
  public long ntpNanosAt(long rtpTimestamp) {
    if (!known()) {
      return UNKNOWN;
    }
    int ticks = (int) (rtpTimestamp - reportRtp);
    return reportNtpNanos + Math.round(ticks * NANOS_PER_SECOND / clockRate);
  }

  /** The timestamp, 0 to 2^32 - 1, at which the sender's wall clock shows a time; when known. */
  public long rtpAt(long ntpNanos) {
    double ticks = (ntpNanos - reportNtpNanos) / NANOS_PER_SECOND * clockRate;
    return (reportRtp + Math.round(ticks)) & 0xFFFF_FFFFL;
  }

  /**
   * The sender's wall clock by now, as far as the newest report tells, in this node's time; {@link
   * #UNKNOWN} before the first.
   */
  public long localNtpNanosNow(long nowNanos) {
    return known() ? alignment.toLocal(reportNtpNanos + (nowNanos - arrivalNanos)) : UNKNOWN;
  }

  /** The timestamp by now, 0 to 2^32 - 1. */
  public long rtpNow(long nowNanos) {
    double ticks = (nowNanos - arrivalNanos) / NANOS_PER_SECOND * clockRate;
    return (reportRtp + Math.round(ticks)) & 0xFFFF_FFFFL;
  }

  /** LSR of a report block: the newest report's middle 32 bits, 0 before the first. */
  public long lastReport() {
    return reportMiddle;
  }

  /** DLSR of a report block: 65,536ths of a second since the newest report, 0 before the first. */
  public long delaySinceLastReport(long nowNanos) {
    return known()
        ? Math.min(0xFFFF_FFFFL, (nowNanos - arrivalNanos) / 1000 * 65_536 / 1_000_000)
        : 0;
  }

  /** Forgets the report: another stream takes this one's place. */
  public void reset() {
    reportNtpNanos = UNKNOWN;
    reportMiddle = 0;
  }
}
