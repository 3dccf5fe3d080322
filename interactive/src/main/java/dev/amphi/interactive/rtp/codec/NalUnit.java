package dev.amphi.interactive.rtp.codec;

/** The NAL unit types that matter here (H.264 table 7-1, RFC 6184 §5.2). */
final class NalUnit {
  static final int TYPE_MASK = 0x1F;
  static final int HIGHEST_IMPORTANCE = 0x60;
  static final int SLICE = 1;
  static final int IDR = 5;
  static final int SPS = 7;
  static final int PPS = 8;
  static final int LAST_SINGLE = 23;
  static final int STAP_A = 24;
  static final int FU_A = 28;

  /** FU header bits (RFC 6184 §5.8). */
  static final int FU_START = 0x80;

  static final int FU_END = 0x40;

  private NalUnit() {}

  static int type(int header) {
    return header & TYPE_MASK;
  }

  /** Whether a NAL unit of this type holds a part of a picture. */
  static boolean isPicture(int type) {
    return type >= SLICE && type <= IDR;
  }

  /**
   * Where a payload's first NAL unit of a type begins: its header byte, of a fragmented unit's
   * first fragment the FU header; -1 when it has none.
   */
  static int find(byte[] b, int offset, int length, int wanted) {
    if (length < 2) {
      return -1;
    }
    int type = type(b[offset]);
    if (type == FU_A) {
      return (b[offset + 1] & FU_START) != 0 && type(b[offset + 1]) == wanted ? offset + 1 : -1;
    }
    if (type != STAP_A) {
      return type == wanted ? offset : -1;
    }
    int end = offset + length;
    int at = offset + 1;
    while (at + 2 < end) {
      if (type(b[at + 2]) == wanted) {
        return at + 2;
      }
      at += 2 + size(b, at);
    }
    return -1;
  }

  /** How long the unit at {@code at}, found by {@link #find}, is within its payload. */
  static int length(byte[] b, int offset, int length, int at) {
    int rest = offset + length - at;
    return type(b[offset]) == STAP_A ? Math.min(rest, size(b, at - 2)) : rest;
  }

  /** The size before a unit in a STAP-A (RFC 6184 §5.7.1). */
  static int size(byte[] b, int at) {
    return (b[at] & 0xFF) << 8 | (b[at + 1] & 0xFF);
  }
}
