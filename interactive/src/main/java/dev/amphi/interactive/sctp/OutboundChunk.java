package dev.amphi.interactive.sctp;

/** A fragment that has a TSN, until the far side's cumulative acknowledgement passes it. */
final class OutboundChunk {
  /** DATA's header: the chunk's own four bytes, TSN, stream, sequence, payload type. */
  static final int HEADER_BYTES = 16;

  final long tsn;
  final OutboundMessage message;
  final int offset;

  /** 0 for the place of fragments that were never sent, because the message was given up. */
  final int length;

  int sends;
  long sentNanos;
  int misses;
  boolean acknowledged;
  boolean inFlight;
  boolean resend;

  /** RFC 9260 §7.2.4: retransmitted early at most once, by the timer after that. */
  boolean resentEarly;

  OutboundChunk(long tsn, OutboundMessage message, int offset, int length) {
    this.tsn = tsn;
    this.message = message;
    this.offset = offset;
    this.length = length;
  }

  void write(PacketWriter out) {
    boolean first = offset == 0;
    boolean last = offset + length == message.data.length;
    out.beginChunk(
        ChunkType.DATA,
        (first ? ChunkType.BEGIN : 0)
            | (last ? ChunkType.END : 0)
            | (message.unordered ? ChunkType.UNORDERED : 0));
    out.put32(tsn);
    out.put16(message.stream);
    out.put16(message.unordered ? 0 : (int) message.sequence);
    out.put32(message.payloadType);
    out.put(message.data, offset, length);
    out.endChunk();
  }
}
