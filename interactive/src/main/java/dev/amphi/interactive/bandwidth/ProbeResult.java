package dev.amphi.interactive.bandwidth;

/**
 * What one probe showed: the lower of the rate at which it left and the rate at which it came, once
 * four fifths of it were acknowledged (as libwebrtc's probe estimator does).
 */
final class ProbeResult {
  private static final long MAX_SPAN_NANOS = 1_000_000_000;
  private static final double SATURATED = 0.9;
  private static final double BELOW_SATURATION = 0.95;
  private static final double IMPLAUSIBLE = 2;
  private static final double ACKED_SHARE = 0.8;
  private static final int MIN_PACKETS = 4;

  private int id;
  private int wantedBytes;
  private int packets;
  private long bytes;
  private long firstSent;
  private long lastSent;
  private long firstArrived;
  private long lastArrived;
  private int firstArrivedSize;
  private int lastSentSize;
  private boolean saturated;

  /** A probe begins to leave; nothing is known of it before {@link #expectBytes}. */
  void expect(int probe, int totalBytes) {
    id = probe;
    wantedBytes = totalBytes;
    packets = 0;
    bytes = 0;
    saturated = false;
  }

  /** All of the probe left. */
  void expectBytes(int totalBytes) {
    wantedBytes = totalBytes;
  }

  /** A packet of a probe was acknowledged. */
  void onAcked(int probe, int size, long sent, long arrived) {
    if (probe != id) {
      return;
    }
    if (packets == 0 || sent >= lastSent) {
      lastSent = sent;
      lastSentSize = size;
    }
    if (packets == 0 || arrived < firstArrived) {
      firstArrived = arrived;
      firstArrivedSize = size;
    }
    firstSent = packets == 0 ? sent : Math.min(firstSent, sent);
    lastArrived = packets == 0 ? arrived : Math.max(lastArrived, arrived);
    packets++;
    bytes += size;
  }

  /** The rate that was shown, in bit/s, or 0 when not enough is known. */
  long bitrateBps() {
    long sentSpan = lastSent - firstSent;
    long arrivedSpan = lastArrived - firstArrived;
    if (packets < MIN_PACKETS
        || bytes < wantedBytes * ACKED_SHARE
        || sentSpan <= 0
        || arrivedSpan <= 0
        || sentSpan > MAX_SPAN_NANOS
        || arrivedSpan > MAX_SPAN_NANOS) {
      return 0;
    }
    double left = (bytes - lastSentSize) * 8e9 / sentSpan;
    double came = (bytes - firstArrivedSize) * 8e9 / arrivedSpan;
    if (came / left > IMPLAUSIBLE) {
      return 0;
    }
    saturated = came < SATURATED * left;
    return (long) (saturated ? BELOW_SATURATION * came : Math.min(left, came));
  }

  /** Whether it came more slowly than it left: the way carries no more. */
  boolean saturated() {
    return saturated;
  }
}
