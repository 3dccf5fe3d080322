package dev.amphi.interactive.sctp;

/** How much may be in flight (RFC 9260 §7.2): slow start, congestion avoidance, recovery. Bytes. */
final class CongestionWindow {
  private static final int MAX_BURST_PACKETS = 4;
  private static final long NO_RECOVERY = Long.MIN_VALUE;

  private final int packetBytes;
  private long bytes;
  private long slowStartThreshold;
  private long partialBytes;
  private long recoveryExit = NO_RECOVERY;

  /**
   * @param packetBytes what one packet carries
   * @param peerWindowBytes what the far side can take, the first threshold
   */
  CongestionWindow(int packetBytes, long peerWindowBytes) {
    this.packetBytes = packetBytes;
    this.bytes = Math.min(4L * packetBytes, Math.max(2L * packetBytes, 4_404));
    this.slowStartThreshold = Math.max(peerWindowBytes, 4L * packetBytes);
  }

  long bytes() {
    return bytes;
  }

  boolean open(long flightBytes) {
    return flightBytes < bytes;
  }

  boolean recovering() {
    return recoveryExit != NO_RECOVERY;
  }

  /**
   * The cumulative acknowledgement moved.
   *
   * @param cumulative where it stands now
   * @param flightBytes what was in flight before: a window that was not used does not grow
   */
  void onAdvance(long cumulative, long acknowledgedBytes, long flightBytes) {
    if (recovering()) {
      if (cumulative < recoveryExit) {
        return;
      }
      recoveryExit = NO_RECOVERY;
    }
    boolean used = flightBytes + packetBytes > bytes;
    if (bytes <= slowStartThreshold) {
      if (used) {
        bytes += Math.min(acknowledgedBytes, packetBytes);
      }
      return;
    }
    partialBytes += acknowledgedBytes;
    if (partialBytes >= bytes && used) {
      partialBytes -= bytes;
      bytes += packetBytes;
    }
    if (flightBytes <= acknowledgedBytes) {
      partialBytes = 0;
    }
  }

  /** RFC 9260 §6.1 D: so that one acknowledgement does not let a whole window out at once. */
  void limitBurst(long flightBytes) {
    bytes = Math.min(bytes, flightBytes + (long) MAX_BURST_PACKETS * packetBytes);
  }

  /** Packets are missing: halves, once for all that was sent up to {@code highestTsn}. */
  void onLoss(long highestTsn) {
    if (!recovering()) {
      recoveryExit = highestTsn;
      halve();
      bytes = slowStartThreshold;
    }
  }

  /** Nothing came back in time. */
  void onTimeout() {
    halve();
    bytes = packetBytes;
    recoveryExit = NO_RECOVERY;
  }

  private void halve() {
    slowStartThreshold = Math.max(bytes / 2, 4L * packetBytes);
    partialBytes = 0;
  }
}
