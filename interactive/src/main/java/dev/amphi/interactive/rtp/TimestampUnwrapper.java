package dev.amphi.interactive.rtp;

/** Extends 32-bit RTP timestamps (RFC 3550 §5.1) to 64 bits, nearest to the highest seen. */
public final class TimestampUnwrapper {
  private boolean started;
  private long highest;

  /** The 64-bit time of {@code timestamp}; remembers it when it is the highest so far. */
  public long unwrap(long timestamp) {
    if (!started) {
      started = true;
      highest = timestamp & 0xFFFF_FFFFL;
      return highest;
    }
    long unwrapped = peek(timestamp);
    if (unwrapped > highest) {
      highest = unwrapped;
    }
    return unwrapped;
  }

  /** As {@link #unwrap}, remembering nothing. */
  public long peek(long timestamp) {
    if (!started) {
      return timestamp & 0xFFFF_FFFFL;
    }
    int distance = (int) (timestamp - highest);
    return highest + distance;
  }

  /** Whether a timestamp was seen. */
  public boolean started() {
    return started;
  }
}
