package dev.amphi.server.room;

import java.nio.ByteBuffer;

/**
 * Turns H.264 as MP4 has it (ISO 14496-15 §5: parameter sets apart, units with four-byte lengths)
 * into a byte stream (ITU-T H.264 Annex B), as RTP's packetizers take it. What is cut off or lies
 * about its lengths gives an empty stream.
 */
final class AnnexB {
  private static final int START_CODE = 1; // 00 00 00 01
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private AnnexB() {}

  /** The parameter sets of an avcC box's content, each behind a start code. */
  static ByteBuffer parameterSets(ByteBuffer avcConfig) {
    ByteBuffer in = avcConfig.duplicate();
    ByteBuffer out = ByteBuffer.allocate(2 * in.remaining() + 64);
    if (in.remaining() < 7) {
      return NOTHING;
    }
    in.position(in.position() + 5);
    boolean whole = sets(in, in.get() & 0x1f, out) && in.hasRemaining();
    return whole && sets(in, in.get() & 0xff, out) ? out.flip() : NOTHING;
  }

  private static boolean sets(ByteBuffer in, int count, ByteBuffer out) {
    for (int i = 0; i < count; i++) {
      int length = in.remaining() < 2 ? Integer.MAX_VALUE : in.getShort() & 0xffff;
      if (length > in.remaining() || length + 4 > out.remaining()) {
        return false;
      }
      out.putInt(START_CODE).put(in.slice(in.position(), length));
      in.position(in.position() + length);
    }
    return true;
  }

  /** An access unit, behind what has to come before it. */
  static ByteBuffer accessUnit(ByteBuffer before, ByteBuffer sample) {
    ByteBuffer in = sample.duplicate();
    ByteBuffer out = ByteBuffer.allocate(before.remaining() + in.remaining());
    out.put(before.duplicate());
    while (in.hasRemaining()) {
      int length = in.remaining() < 4 ? -1 : in.getInt();
      if (length < 1 || length > in.remaining()) {
        return NOTHING;
      }
      out.putInt(START_CODE).put(in.slice(in.position(), length)); // as long as what was read
      in.position(in.position() + length);
    }
    return out.flip();
  }
}
