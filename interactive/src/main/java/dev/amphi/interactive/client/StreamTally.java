package dev.amphi.interactive.client;

import dev.amphi.interactive.rtp.SequenceUnwrapper;

/**
 * Counts the packets of one SSRC by their sequence numbers alone, since some moment and since the
 * last report. Pure; not thread-safe.
 */
final class StreamTally {
  private final long ssrc;
  private final boolean repair;
  private final SequenceUnwrapper sequences = new SequenceUnwrapper();
  private long received;
  private long markedReceived;
  private long markedHighest;
  private long reportedReceived;
  private long reportedHighest;

  /**
   * @param repair retransmissions and probes, which take numbers without being media
   */
  StreamTally(long ssrc, boolean repair) {
    this.ssrc = ssrc;
    this.repair = repair;
  }

  long ssrc() {
    return ssrc;
  }

  boolean repair() {
    return repair;
  }

  void onPacket(int sequence) {
    if (!sequences.started()) {
      markedHighest = sequences.unwrap(sequence) - 1;
      reportedHighest = markedHighest;
    } else {
      sequences.unwrap(sequence);
    }
    received++;
  }

  /** Begins to count anew; what was lost before counts no more. */
  void mark() {
    markedReceived = received;
    markedHighest = sequences.highest();
  }

  /** Packets since the mark. */
  long received() {
    return received - markedReceived;
  }

  /**
   * Packets that should have come since the mark and did not; a late one from before is no gain.
   */
  long lost() {
    return Math.max(0, sequences.highest() - markedHighest - received());
  }

  /** The extended highest sequence number of RFC 3550 §6.4.1. */
  long extendedHighest() {
    // Unwrapping starts in the second cycle, the report in the first.
    return (sequences.highest() - (1L << 16)) & 0xFFFF_FFFFL;
  }

  /** The fraction lost since the last call, in 256ths (RFC 3550 §6.4.1). */
  int reportFractionLost() {
    long expected = sequences.highest() - reportedHighest;
    long lost = expected - (received - reportedReceived);
    reportedHighest = sequences.highest();
    reportedReceived = received;
    return expected <= 0 || lost <= 0 ? 0 : (int) Math.min(255, lost * 256 / expected);
  }
}
