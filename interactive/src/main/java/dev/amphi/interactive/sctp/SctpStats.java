package dev.amphi.interactive.sctp;

/** Counters of one association, read on its loop. */
public final class SctpStats {
  long packetsReceived;
  long malformed;
  long wrongTag;
  long unexpected;
  long duplicates;
  long refusedChunks;
  long badCookies;
  long packetsSent;
  long bytesReceived;
  long bytesSent;
  long retransmissions;
  long timeouts;
  long abandonedMessages;

  SctpStats() {}

  /** Packets that came, good or bad. */
  public long packetsReceived() {
    return packetsReceived;
  }

  /** Packets and chunks with a wrong checksum or a length that lies. */
  public long malformed() {
    return malformed;
  }

  /** Packets with another's verification tag. */
  public long wrongTag() {
    return wrongTag;
  }

  /** Chunks that make no sense in the state they came in. */
  public long unexpected() {
    return unexpected;
  }

  /** DATA chunks that had come before. */
  public long duplicates() {
    return duplicates;
  }

  /** DATA chunks beyond the window, or on a stream that does not exist. */
  public long refusedChunks() {
    return refusedChunks;
  }

  /** Cookies that we did not make, or long ago. */
  public long badCookies() {
    return badCookies;
  }

  /** Packets handed to the transport. */
  public long packetsSent() {
    return packetsSent;
  }

  /** Bytes in packets that came, good or bad. */
  public long bytesReceived() {
    return bytesReceived;
  }

  /** Bytes in packets handed to the transport. */
  public long bytesSent() {
    return bytesSent;
  }

  /** DATA chunks sent again. */
  public long retransmissions() {
    return retransmissions;
  }

  /** Times that nothing was acknowledged in time. */
  public long timeouts() {
    return timeouts;
  }

  /** Messages given up by their {@link Reliability}. */
  public long abandonedMessages() {
    return abandonedMessages;
  }
}
