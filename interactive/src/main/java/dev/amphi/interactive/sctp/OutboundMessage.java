package dev.amphi.interactive.sctp;

/** A message on its way out, until all of it is acknowledged or given up. */
final class OutboundMessage {
  final int stream;
  final long payloadType;
  final byte[] data;
  final boolean unordered;
  final int maxRetransmits;
  final long expiresAtNanos;

  /** The stream sequence number, from the first fragment on; -1 before. */
  long sequence = -1;

  /** Bytes that became chunks. */
  int fragmented;

  boolean abandoned;

  OutboundMessage(
      int stream,
      long payloadType,
      byte[] data,
      boolean unordered,
      Reliability reliability,
      long nowNanos) {
    this.stream = stream;
    this.payloadType = payloadType;
    this.data = data;
    this.unordered = unordered;
    this.maxRetransmits = reliability.maxRetransmits();
    this.expiresAtNanos =
        reliability.lifetimeNanos() == Long.MAX_VALUE
            ? Long.MAX_VALUE
            : nowNanos + reliability.lifetimeNanos();
  }

  boolean started() {
    return fragmented > 0;
  }

  int remaining() {
    return data.length - fragmented;
  }

  boolean expired(long nowNanos) {
    return expiresAtNanos != Long.MAX_VALUE && nowNanos - expiresAtNanos >= 0;
  }

  /** Whether a fragment that went out {@code sends} times is not to go out again. */
  boolean spent(int sends, long nowNanos) {
    return expired(nowNanos) || (maxRetransmits >= 0 && sends > maxRetransmits);
  }
}
