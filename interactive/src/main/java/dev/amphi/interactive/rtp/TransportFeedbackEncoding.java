package dev.amphi.interactive.rtp;

/**
 * Packet status chunks and receive deltas of transport-wide feedback
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3.1.1–3.1.5). Long runs of one status become
 * run length chunks, all else two-bit status vectors of seven.
 */
final class TransportFeedbackEncoding {
  private static final int VECTOR = 7;
  private static final int MAX_RUN = 0x1FFF;

  private TransportFeedbackEncoding() {}

  /** Bytes for the fixed part, chunks and deltas, padded to a multiple of four. */
  static int size(int[] ticks, int count) {
    int size = 8;
    for (int i = 0; i < count; i += chunkSpan(ticks, i, count)) {
      size += 2;
    }
    int previous = 0;
    for (int i = 0; i < count; i++) {
      size += symbol(ticks[i], previous);
      previous = ticks[i] == TransportArrivals.MISSING ? previous : ticks[i];
    }
    return (size + 3) & ~3;
  }

  /** Writes chunks and deltas at {@code start}; returns where they end. */
  static int write(byte[] b, int start, int[] ticks, int count) {
    int at = start;
    int previous = 0;
    int i = 0;
    while (i < count) {
      int span = chunkSpan(ticks, i, count);
      previous = writeChunk(b, at, ticks, i, Math.min(span, count - i), previous);
      at += 2;
      i += span;
    }
    return writeDeltas(b, at, ticks, count);
  }

  private static int writeChunk(
      byte[] b, int at, int[] ticks, int from, int span, int previousTicks) {
    int previous = previousTicks;
    int vector = 0xC000;
    int first = symbol(ticks[from], previous);
    for (int i = 0; i < span; i++) {
      int symbol = symbol(ticks[from + i], previous);
      if (i < VECTOR) {
        vector |= symbol << (12 - 2 * i);
      }
      previous = ticks[from + i] == TransportArrivals.MISSING ? previous : ticks[from + i];
    }
    ByteFields.put16(b, at, span > VECTOR ? first << 13 | span : vector);
    return previous;
  }

  private static int writeDeltas(byte[] b, int start, int[] ticks, int count) {
    int at = start;
    int previous = 0;
    for (int i = 0; i < count; i++) {
      int symbol = symbol(ticks[i], previous);
      if (symbol == 0) {
        continue;
      }
      int delta = ticks[i] - previous;
      if (symbol == 1) {
        ByteFields.put8(b, at, delta);
      } else {
        ByteFields.put16(b, at, delta);
      }
      at += symbol;
      previous = ticks[i];
    }
    return at;
  }

  /** How many packets the chunk at {@code from} covers: a run when longer than a vector. */
  private static int chunkSpan(int[] ticks, int from, int count) {
    int previous = 0;
    for (int i = from - 1; i >= 0; i--) {
      if (ticks[i] != TransportArrivals.MISSING) {
        previous = ticks[i];
        break;
      }
    }
    int first = symbol(ticks[from], previous);
    int run = 0;
    while (from + run < count && run < MAX_RUN && symbol(ticks[from + run], previous) == first) {
      previous = ticks[from + run] == TransportArrivals.MISSING ? previous : ticks[from + run];
      run++;
    }
    return run > VECTOR ? run : VECTOR;
  }

  /** 0 not received, 1 a delta of one byte, 2 of two: also the delta's size. */
  private static int symbol(int ticks, int previous) {
    if (ticks == TransportArrivals.MISSING) {
      return 0;
    }
    int delta = ticks - previous;
    return delta >= 0 && delta <= 255 ? 1 : 2;
  }
}
