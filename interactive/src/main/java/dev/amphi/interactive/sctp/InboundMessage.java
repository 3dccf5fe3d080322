package dev.amphi.interactive.sctp;

/** A message that is whole. */
final class InboundMessage {
  final int stream;
  final boolean unordered;

  /** The stream sequence number as it was on the wire. */
  final int sequence;

  final long payloadType;
  final byte[] data;

  /** A message that begins with this fragment. */
  InboundMessage(Fragment first, byte[] data) {
    this.stream = first.stream;
    this.unordered = first.unordered();
    this.sequence = first.sequence;
    this.payloadType = first.payloadType;
    this.data = data;
  }

  int heldBytes() {
    return data.length + Fragment.OVERHEAD_BYTES;
  }
}
