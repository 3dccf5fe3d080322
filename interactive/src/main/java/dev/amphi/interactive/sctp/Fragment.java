package dev.amphi.interactive.sctp;

import dev.amphi.interactive.rtp.ByteFields;
import java.util.Arrays;

/** What one DATA chunk brought (RFC 9260 §3.3.1). */
final class Fragment {
  /** TSN, stream, stream sequence number, payload type. */
  static final int HEADER_BYTES = 12;

  /** What a fragment costs beside its bytes. */
  static final int OVERHEAD_BYTES = 64;

  /** Unwrapped. */
  final long tsn;

  final int stream;

  /** As it was on the wire. */
  final int sequence;

  final long payloadType;
  final byte[] data;
  private final int flags;

  /** Copies a DATA chunk's value, longer than its header. */
  Fragment(long tsn, int flags, byte[] in, int at, int length) {
    this.tsn = tsn;
    this.flags = flags;
    this.stream = ByteFields.u16(in, at + 4);
    this.sequence = ByteFields.u16(in, at + 6);
    this.payloadType = ByteFields.u32(in, at + 8);
    this.data = Arrays.copyOfRange(in, at + HEADER_BYTES, at + length);
  }

  boolean first() {
    return (flags & ChunkType.BEGIN) != 0;
  }

  boolean last() {
    return (flags & ChunkType.END) != 0;
  }

  boolean unordered() {
    return (flags & ChunkType.UNORDERED) != 0;
  }

  int heldBytes() {
    return data.length + OVERHEAD_BYTES;
  }

  /** Whether this one comes right after {@code before} in the same message. */
  boolean continues(Fragment before) {
    return !first()
        && !before.last()
        && stream == before.stream
        && unordered() == before.unordered()
        && (unordered() || sequence == before.sequence);
  }
}
