package dev.amphi.interactive.sctp;

import java.util.Arrays;

/**
 * Which TSNs came (RFC 9260 §6.2): all up to {@link #cumulative}, and some of the {@link #WINDOW}
 * after it. TSNs are unwrapped.
 */
final class ReceivedNumbers {
  /** A TSN that is further ahead is not taken; a sender with small chunks sends it again. */
  static final int WINDOW = 8_192;

  private static final int MAX_DUPLICATES = 16;

  private final long[] bits = new long[WINDOW / 64];
  private final long[] duplicates = new long[MAX_DUPLICATES];
  private int duplicateCount;
  private long cumulative;
  private long highest;

  /**
   * @param initialTsn the first that will come
   */
  ReceivedNumbers(long initialTsn) {
    cumulative = initialTsn - 1;
    highest = cumulative;
  }

  /** The last TSN before the first hole. */
  long cumulative() {
    return cumulative;
  }

  boolean gaps() {
    return highest > cumulative;
  }

  boolean contains(long tsn) {
    return tsn <= cumulative || (tsn <= highest && bit(tsn));
  }

  boolean withinWindow(long tsn) {
    return tsn - cumulative <= WINDOW;
  }

  /** Takes a TSN that is within the window and new. */
  void add(long tsn) {
    bits[index(tsn)] |= 1L << tsn;
    highest = Math.max(highest, tsn);
    closeHoles();
  }

  void addDuplicate(long tsn) {
    if (duplicateCount < MAX_DUPLICATES) {
      duplicates[duplicateCount++] = tsn;
    }
  }

  /** What is missing up to here will never come. */
  void skipTo(long tsn) {
    if (tsn - cumulative >= WINDOW) {
      Arrays.fill(bits, 0);
      cumulative = tsn;
    }
    while (cumulative < tsn) {
      step();
    }
    highest = Math.max(highest, cumulative);
    closeHoles();
  }

  private void closeHoles() {
    while (cumulative < highest && bit(cumulative + 1)) {
      step();
    }
  }

  private void step() {
    cumulative++;
    bits[index(cumulative)] &= ~(1L << cumulative);
  }

  private boolean bit(long tsn) {
    return (bits[index(tsn)] & 1L << tsn) != 0;
  }

  private static int index(long tsn) {
    return (int) (tsn & WINDOW - 1) >>> 6;
  }

  /**
   * Writes a SACK (RFC 9260 §3.3.4) with as many gap blocks and duplicates as there is room for.
   */
  void writeSack(PacketWriter out, long windowBytes) {
    int room = (out.room() - 12) / 4;
    int blocks = gaps() ? countBlocks(room) : 0;
    int repeated = Math.min(duplicateCount, room - blocks);
    out.beginChunk(ChunkType.SACK, 0);
    out.put32(cumulative);
    out.put32(windowBytes);
    out.put16(blocks);
    out.put16(repeated);
    writeBlocks(out, blocks);
    for (int i = 0; i < repeated; i++) {
      out.put32(duplicates[i]);
    }
    out.endChunk();
    duplicateCount = 0;
  }

  private int countBlocks(int most) {
    int count = 0;
    for (long tsn = nextSet(cumulative + 1); tsn <= highest && count < most; count++) {
      tsn = nextSet(nextClear(tsn));
    }
    return count;
  }

  private void writeBlocks(PacketWriter out, int count) {
    long tsn = cumulative + 1;
    for (int i = 0; i < count; i++) {
      long first = nextSet(tsn);
      tsn = nextClear(first);
      out.put16((int) (first - cumulative));
      out.put16((int) (tsn - 1 - cumulative));
    }
  }

  private long nextSet(long from) {
    long tsn = from;
    while (tsn <= highest && !bit(tsn)) {
      tsn++;
    }
    return tsn;
  }

  private long nextClear(long from) {
    long tsn = from;
    while (tsn <= highest && bit(tsn)) {
      tsn++;
    }
    return tsn;
  }
}
