package dev.amphi.composer.codec;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Turns H.264 Annex B byte streams into what MP4 wants (ISO 14496-15 §5). */
public final class AvcBytes {
  private static final int SPS = 7;
  private static final int PPS = 8;
  private static final int ACCESS_UNIT_DELIMITER = 9;
  private static final long LOWEST_BITS = 0x0101_0101_0101_0101L;
  private static final long HIGHEST_BITS = 0x8080_8080_8080_8080L;

  private AvcBytes() {}

  /** Writes the avcC box's content from parameter sets in Annex B form. */
  public static ByteBuffer decoderConfig(ByteBuffer annexB) {
    List<ByteBuffer> units = units(annexB);
    ByteBuffer sps = first(units, SPS);
    ByteBuffer pps = first(units, PPS);
    ByteBuffer out = ByteBuffer.allocate(11 + sps.remaining() + pps.remaining() + 4);
    out.put((byte) 1).put(sps.get(1)).put(sps.get(2)).put(sps.get(3));
    out.put((byte) 0xff); // lengthSizeMinusOne = 3
    out.put((byte) 0xe1).putShort((short) sps.remaining()).put(sps.duplicate());
    out.put((byte) 1).putShort((short) pps.remaining()).put(pps.duplicate());
    int profile = sps.get(1) & 0xff;
    if (profile == 100 || profile == 110 || profile == 122 || profile == 144) {
      out.put((byte) 0xfd); // chroma_format 1
      out.put((byte) 0xf8).put((byte) 0xf8); // 8 bits luma, chroma
      out.put((byte) 0);
    }
    return out.flip();
  }

  /**
   * Appends the units of an access unit to {@code out}, each with a four-byte length; parameter
   * sets, which are in the avcC, and delimiters are left out.
   */
  public static void lengthPrefixed(ByteBuffer annexB, ByteBuffer out) {
    for (ByteBuffer unit : units(annexB)) {
      int type = unit.get(0) & 0x1f;
      if (type != SPS && type != PPS && type != ACCESS_UNIT_DELIMITER) {
        out.putInt(unit.remaining()).put(unit);
      }
    }
  }

  /** The NAL units of a byte stream (ITU-T H.264 Annex B), none of them empty. */
  public static List<ByteBuffer> units(ByteBuffer annexB) {
    List<ByteBuffer> units = new ArrayList<>(4);
    int end = annexB.limit();
    int start = afterStartCode(annexB, annexB.position());
    while (start < end) {
      int next = afterStartCode(annexB, start);
      int stop = next < end || endsWithStartCode(annexB, end) ? next - 3 : end;
      while (stop > start && annexB.get(stop - 1) == 0) {
        stop--;
      }
      if (stop > start) {
        units.add(annexB.slice(start, stop - start));
      }
      start = next;
    }
    return units;
  }

  private static boolean endsWithStartCode(ByteBuffer bytes, int end) {
    return end >= 3
        && bytes.get(end - 1) == 1
        && bytes.get(end - 2) == 0
        && bytes.get(end - 3) == 0;
  }

  /** Index behind the next 00 00 01, or the limit. */
  private static int afterStartCode(ByteBuffer bytes, int from) {
    int limit = bytes.limit();
    for (int i = from; i + 2 < limit; i++) {
      while (i + 8 <= limit && !hasZero(bytes.getLong(i))) {
        i += 8; // a start code begins with a zero
      }
      if (i + 2 < limit && bytes.get(i + 2) == 1 && bytes.get(i) == 0 && bytes.get(i + 1) == 0) {
        return i + 3;
      }
    }
    return limit;
  }

  private static boolean hasZero(long eight) {
    return ((eight - LOWEST_BITS) & ~eight & HIGHEST_BITS) != 0;
  }

  private static ByteBuffer first(List<ByteBuffer> units, int type) {
    return units.stream()
        .filter(unit -> (unit.get(0) & 0x1f) == type)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("The H.264 encoder gave no NAL unit of type " + type));
  }
}
