package dev.amphi.server.load.hls;

import java.math.BigDecimal;

/** Reads the numbers of a playlist. */
final class Numbers {
  private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000);

  private Numbers() {}

  /** Decimal seconds as nanoseconds. */
  static long nanos(String seconds) throws PlaylistException {
    try {
      BigDecimal value = new BigDecimal(seconds.strip());
      if (value.signum() >= 0 && value.compareTo(LARGEST) < 0) {
        return value.movePointRight(9).longValue();
      }
    } catch (NumberFormatException e) {
      // told below, together with numbers out of range
    }
    throw new PlaylistException("'" + seconds + "' is no duration in seconds");
  }

  /** A whole number that is not negative. */
  static long whole(String text) throws PlaylistException {
    try {
      long value = Long.parseLong(text.strip());
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, together with negative numbers
    }
    throw new PlaylistException("'" + text + "' is no whole number");
  }
}
