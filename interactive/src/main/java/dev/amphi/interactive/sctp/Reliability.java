package dev.amphi.interactive.sctp;

import java.time.Duration;

/**
 * How long a message is worth sending again (RFC 3758, RFC 7496): for ever, a number of times, or a
 * while.
 *
 * @param maxRetransmits after which it is given up, or -1
 * @param lifetimeNanos after which it is given up, or {@link Long#MAX_VALUE}
 */
public record Reliability(int maxRetransmits, long lifetimeNanos) {
  /** Sent again until it arrives. */
  public static final Reliability RELIABLE = new Reliability(-1, Long.MAX_VALUE);

  /** Refuses negative numbers but for -1. */
  public Reliability {
    if (maxRetransmits < -1 || lifetimeNanos < 0) {
      throw new IllegalArgumentException(
          "Retransmissions and lifetime are not negative: "
              + maxRetransmits
              + ", "
              + lifetimeNanos);
    }
  }

  /** Given up after so many retransmissions; 0 sends once. */
  public static Reliability retransmits(int most) {
    return new Reliability(most, Long.MAX_VALUE);
  }

  /** Given up when it is older. */
  public static Reliability lifetime(Duration longest) {
    return new Reliability(-1, longest.toNanos());
  }
}
