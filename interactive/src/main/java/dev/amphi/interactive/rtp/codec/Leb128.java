package dev.amphi.interactive.rtp.codec;

/**
 * AV1's numbers of seven bits a byte, the lowest first (AV1 §4.10.5). What was read is value and
 * width in one number, so that reading allocates nothing.
 */
final class Leb128 {
  /** Cut short, too wide, or above 2^31 - 1. */
  static final long MALFORMED = 0;

  private static final int MAX_BYTES = 8;

  private Leb128() {}

  /** Reads a number at {@code at}, before {@code end}. */
  static long read(byte[] b, int at, int end) {
    long value = 0;
    for (int i = 0; i < MAX_BYTES && at + i < end; i++) {
      value |= (long) (b[at + i] & 0x7F) << (7 * i);
      if (b[at + i] >= 0) {
        return value <= Integer.MAX_VALUE ? value << 8 | (i + 1) : MALFORMED;
      }
    }
    return MALFORMED;
  }

  /** The value of what was read. */
  static long value(long read) {
    return read >> 8;
  }

  /** How many bytes it took. */
  static int size(long read) {
    return (int) read & 0xFF;
  }

  /** How many bytes a value takes. */
  static int width(int value) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(value)) / 7);
  }

  /** Writes a value in {@link #width} bytes. */
  static void write(byte[] b, int at, int value) {
    int rest = value;
    int i = at;
    while (rest > 0x7F) {
      b[i++] = (byte) (0x80 | rest);
      rest >>>= 7;
    }
    b[i] = (byte) rest;
  }
}
