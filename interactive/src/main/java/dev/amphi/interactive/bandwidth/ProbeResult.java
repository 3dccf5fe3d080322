package dev.amphi.interactive.bandwidth;

/**
 * What one probe showed: the lower of the rate at which it left and the rate at which it came, once
 * four fifths of it were acknowledged (as libwebrtc's probe estimator does). A way that carries no
 * more brings all of it slowly; where one pause makes all the difference somebody lacked a
 * processor, and nothing is said of the way.
 */
final class ProbeResult {
  private static final long MAX_SPAN_NANOS = 1_000_000_000;
  private static final double SATURATED = 0.9;
  private static final double BELOW_SATURATION = 0.95;
  private static final double IMPLAUSIBLE = 2;
  private static final double ACKED_SHARE = 0.8;
  private static final int MIN_PACKETS = 4;

  /** Less is jitter. */
  private static final long SLOWER_NANOS = 5_000_000;

  /** What a probe says of the way. */
  enum Verdict {
    /** It came as it left. */
    THROUGH,
    /** It came late, perhaps for want of a processor. */
    UNCLEAR,
    /** It came more slowly than it left: the way carries no more. */
    SATURATED
  }

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
  private long longestGap;
  private Verdict verdict = Verdict.THROUGH;

  /** A probe begins to leave; nothing is known of it before {@link #expectBytes}. */
  void expect(int probe, int totalBytes) {
    id = probe;
    wantedBytes = totalBytes;
    packets = 0;
    bytes = 0;
    longestGap = 0;
    verdict = Verdict.THROUGH;
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
    longestGap = packets == 0 ? 0 : Math.max(longestGap, arrived - lastArrived);
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
    if (came >= SATURATED * left) {
      verdict = Verdict.THROUGH;
      return (long) Math.min(left, came);
    }
    double share = (packets - 2) / (double) (packets - 1);
    double withoutGap = share * came * arrivedSpan / Math.max(1, arrivedSpan - longestGap);
    boolean slower = arrivedSpan - sentSpan > SLOWER_NANOS && withoutGap < SATURATED * left;
    verdict = slower ? Verdict.SATURATED : Verdict.UNCLEAR;
    return (long) (BELOW_SATURATION * came);
  }

  /** What the rate that was shown says of the way. */
  Verdict verdict() {
    return verdict;
  }
}
