package dev.amphi.interactive.rtp;

/**
 * This node's wall clock as a line over its monotonic clock, so that logic needs no clock of its
 * own.
 *
 * @param ntpNanosAtZero nanoseconds since 1900 when {@code nowNanos} was 0
 */
public record NtpClock(long ntpNanosAtZero) {
  /** The line through one simultaneous reading of both clocks. */
  public static NtpClock of(long unixNanos, long nowNanos) {
    return new NtpClock(NtpTime.fromUnixNanos(unixNanos) - nowNanos);
  }

  /** Nanoseconds since 1900. */
  public long ntpNanos(long nowNanos) {
    return ntpNanosAtZero + nowNanos;
  }
}
