package dev.amphi.interactive.rtp;

import org.jspecify.annotations.Nullable;

/** Reads the body of a transport-wide feedback message, never past its end. */
final class TransportFeedbackReader {
  private static final int FIXED = 8;

  private TransportFeedbackReader() {}

  /** The arrivals, or null when the message is malformed. */
  static @Nullable TransportArrivals read(byte[] b, int start, int length) {
    if (length < FIXED) {
      return null;
    }
    int count = ByteFields.u16(b, start + 2);
    if (count == 0 || count > TransportArrivals.MAX_STATUSES) {
      return null;
    }
    int end = start + length;
    int[] ticks = new int[count];
    int at = readStatuses(b, start + FIXED, end, ticks);
    if (at < 0 || !readDeltas(b, at, end, ticks)) {
      return null;
    }
    int referenceTime = ByteFields.u24(b, start + 4) << 8 >> 8;
    return new TransportArrivals(
        ByteFields.u16(b, start), referenceTime, ByteFields.u8(b, start + 7), ticks);
  }

  /** Leaves each packet's two-bit symbol in {@code symbols}; returns where the deltas start. */
  private static int readStatuses(byte[] b, int start, int end, int[] symbols) {
    int at = start;
    int filled = 0;
    while (filled < symbols.length) {
      if (at + 2 > end) {
        return -1;
      }
      int chunk = ByteFields.u16(b, at);
      at += 2;
      if ((chunk & 0x8000) == 0) { // run length: symbol, 13-bit count
        int run = Math.min(chunk & 0x1FFF, symbols.length - filled);
        for (int i = 0; i < run; i++) {
          symbols[filled++] = chunk >> 13 & 3;
        }
        if (run == 0) {
          return -1;
        }
      } else {
        int bits = (chunk & 0x4000) == 0 ? 1 : 2;
        for (int shift = 14 - bits; shift >= 0 && filled < symbols.length; shift -= bits) {
          symbols[filled++] = chunk >> shift & (bits == 1 ? 1 : 3);
        }
      }
    }
    return at;
  }

  private static boolean readDeltas(byte[] b, int start, int end, int[] ticks) {
    int at = start;
    int time = 0;
    for (int i = 0; i < ticks.length; i++) {
      int size = ticks[i];
      if (size == 0 || size == 3) {
        ticks[i] = TransportArrivals.MISSING;
        continue;
      }
      if (at + size > end) {
        return false;
      }
      time += size == 1 ? ByteFields.u8(b, at) : (short) ByteFields.u16(b, at);
      ticks[i] = time;
      at += size;
    }
    return true;
  }
}
