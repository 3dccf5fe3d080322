package dev.amphi.interactive.transport;

import org.jspecify.annotations.Nullable;

/** Whether a transport came up in time and its far side is still there. Confined to the loop. */
final class Consent {
  private static final long CONNECT_LIMIT_NANOS = 30_000_000_000L;

  /** A far side's checks come every 5 s at least; three may be lost (RFC 7675 §5.1). */
  private static final long LIMIT_NANOS = 20_000_000_000L;

  private static final long HEARD_EVERY_NANOS = 1_000_000_000L;

  private long startedNanos;
  private long givenNanos;
  private boolean known;

  /** The far side may come from now on. */
  void awaited(long nowNanos) {
    startedNanos = nowNanos;
  }

  /** The far side said that it is there. */
  void given(long nowNanos) {
    known = true;
    givenNanos = nowNanos;
  }

  /** Whether what came at that time is worth noting: the last was noted a second before. */
  boolean isOld(long nowNanos) {
    return nowNanos - givenNanos > HEARD_EVERY_NANOS;
  }

  /**
   * Why the transport has to end, or null.
   *
   * @param connected whether it came up
   */
  @Nullable String over(boolean connected, long nowNanos) {
    if (!connected && nowNanos - startedNanos > CONNECT_LIMIT_NANOS) {
      return "no connection came up within 30 s";
    }
    return known && nowNanos - givenNanos > LIMIT_NANOS
        ? "the far side has not answered for 20 s"
        : null;
  }
}
