package dev.amphi.interactive.rtp.codec;

/** The NAL unit types that matter here (H.264 table 7-1, RFC 6184 §5.2). */
final class NalUnit {
  static final int TYPE_MASK = 0x1F;
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
}
