package dev.amphi.packager.webm;

/**
 * Reads bits from the highest on, and zeros behind the end; of H.264 the bytes that prevent start
 * codes are to be taken out before.
 */
final class Bits {
  private static final int LONGEST_PREFIX = 32;

  private final byte[] bytes;
  private int at;

  Bits(byte[] bytes) {
    this.bytes = bytes;
  }

  boolean flag() {
    return number(1) == 1;
  }

  long number(int count) {
    long value = 0;
    for (int i = 0; i < count; i++) {
      int bit = at / 8 < bytes.length ? bytes[at / 8] >> (7 - at % 8) & 1 : 0;
      value = value << 1 | bit;
      at++;
    }
    return value;
  }

  void skip(int count) {
    at += count;
  }

  /** ue(v) of ITU-T H.264 §9.1, which is uvlc() of AV1 §4.10.3. */
  long golomb() {
    int zeros = 0;
    while (zeros < LONGEST_PREFIX && at < bytes.length * 8 && !flag()) {
      zeros++;
    }
    return (1L << zeros) - 1 + number(zeros);
  }

  boolean isOver() {
    return at > bytes.length * 8;
  }
}
