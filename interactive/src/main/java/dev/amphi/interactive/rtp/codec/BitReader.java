package dev.amphi.interactive.rtp.codec;

/**
 * Reads bits, most significant first. Never throws: beyond the end zeros come, and {@link
 * #overrun()} says so.
 */
final class BitReader {
  private byte[] bytes = {};
  private int at;
  private int end;
  private boolean escaped;
  private int zeros;

  /** Reads {@code length} bytes from {@code offset} on. */
  BitReader wrap(byte[] source, int offset, int length) {
    bytes = source;
    at = offset * 8;
    end = (offset + length) * 8;
    escaped = false;
    zeros = 0;
    return this;
  }

  /** As {@link #wrap}, leaving out emulation prevention bytes (H.264 §7.4.1.1). */
  BitReader wrapEscaped(byte[] source, int offset, int length) {
    wrap(source, offset, length);
    escaped = true;
    return this;
  }

  int bit() {
    if (at >= end) {
      at++;
      return 0;
    }
    if (escaped && (at & 7) == 0) {
      if (zeros >= 2 && bytes[at >> 3] == 3) {
        at += 8;
        zeros = 0;
        return bit();
      }
      zeros = bytes[at >> 3] == 0 ? zeros + 1 : 0;
    }
    int value = bytes[at >> 3] >> (7 - (at & 7)) & 1;
    at++;
    return value;
  }

  boolean flag() {
    return bit() == 1;
  }

  /** A number of up to 31 bits. */
  int bits(int count) {
    int value = 0;
    if (escaped || count > left()) {
      for (int i = 0; i < count; i++) {
        value = value << 1 | bit();
      }
      return value;
    }
    for (int left = count; left > 0; ) {
      int room = 8 - (at & 7);
      int taken = Math.min(room, left);
      int part = (bytes[at >> 3] & 0xFF) >> (room - taken) & (1 << taken) - 1;
      value = value << taken | part;
      at += taken;
      left -= taken;
    }
    return value;
  }

  /** Leaves bits out; not between emulation prevention bytes. */
  void skip(int count) {
    at += count;
  }

  /** An unsigned Exp-Golomb number (H.264 §9.1), at most 2^31 - 1. */
  int unsigned() {
    int leading = 0;
    while (leading < 31 && bit() == 0 && !overrun()) {
      leading++;
    }
    return leading >= 31 ? Integer.MAX_VALUE : (1 << leading) - 1 + bits(leading);
  }

  /** A signed Exp-Golomb number. */
  int signed() {
    int value = unsigned();
    return (value & 1) == 1 ? (value >> 1) + 1 : -(value >> 1);
  }

  /** A number below {@code n} (AV1 §4.10.7, ns(n)). */
  int nonSymmetric(int n) {
    int width = 32 - Integer.numberOfLeadingZeros(n);
    int shorter = (1 << width) - n;
    int value = bits(width - 1);
    return value < shorter ? value : (value << 1) - shorter + bit();
  }

  /** Whether more was read than there is. */
  boolean overrun() {
    return at > end;
  }

  /** The number of the next bit, counted from the array's beginning. */
  int position() {
    return at;
  }

  /** Bits left, or less than 0. */
  int left() {
    return end - at;
  }
}
