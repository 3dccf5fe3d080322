package dev.amphi.interactive.rtp;

/**
 * NTP timestamps (RFC 3550 §4): 32.32 fixed point seconds since 1900, and nanoseconds since then.
 */
public final class NtpTime {
  /** Seconds from 1900 to 1970. */
  public static final long UNIX_EPOCH_SECONDS = 2_208_988_800L;

  private static final long NANOS = 1_000_000_000L;

  private NtpTime() {}

  /** Nanoseconds since 1900 of a 64-bit NTP timestamp. */
  public static long toNanos(long ntp) {
    long seconds = ntp >>> 32;
    long fraction = ntp & 0xFFFF_FFFFL;
    return seconds * NANOS + ((fraction * NANOS) >>> 32);
  }

  /** The 64-bit NTP timestamp of nanoseconds since 1900. */
  public static long fromNanos(long nanos) {
    long seconds = nanos / NANOS;
    long fraction = ((nanos % NANOS) << 32) / NANOS;
    return seconds << 32 | fraction;
  }

  /** The middle 32 bits, as in LSR and DLSR: 16.16 fixed point seconds. */
  public static long middle(long ntp) {
    return ntp >>> 16 & 0xFFFF_FFFFL;
  }

  /** Nanoseconds since 1900 of nanoseconds since 1970. */
  public static long fromUnixNanos(long unixNanos) {
    return unixNanos + UNIX_EPOCH_SECONDS * NANOS;
  }
}
