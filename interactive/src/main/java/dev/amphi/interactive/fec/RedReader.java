package dev.amphi.interactive.fec;

/**
 * A view of one RED payload (RFC 2198 §3): earlier frames, oldest first, and behind them the frame
 * whose packet it is. A flyweight, moved from payload to payload by {@link #wrap}.
 */
public final class RedReader {
  /** More earlier frames in one packet are refused: browsers send one or two. */
  public static final int MAX_REDUNDANT = 8;

  private static final int REDUNDANT_HEADER = 4;
  private static final int PRIMARY_HEADER = 1;

  private final int[] offsets = new int[MAX_REDUNDANT];
  private final int[] lengths = new int[MAX_REDUNDANT];
  private final int[] ages = new int[MAX_REDUNDANT];
  private int redundant;
  private int primaryOffset;
  private int primaryLength;

  /**
   * Looks at a payload; false, and the view unusable, when it is malformed, holds another payload
   * type than {@code payloadType}, or its earlier frames do not follow each other in time.
   */
  public boolean wrap(byte[] buffer, int offset, int length, int payloadType) {
    int end = offset + length;
    int at = offset;
    redundant = 0;
    while (at < end && (buffer[at] & 0x80) != 0) {
      if (redundant == MAX_REDUNDANT
          || at + REDUNDANT_HEADER > end
          || (buffer[at] & 0x7F) != payloadType
          || !header(buffer, at)) {
        return false;
      }
      at += REDUNDANT_HEADER;
    }
    if (at >= end || buffer[at] != payloadType) {
      return false;
    }
    at += PRIMARY_HEADER;
    for (int i = 0; i < redundant; i++) {
      offsets[i] = at;
      at += lengths[i];
    }
    primaryOffset = at;
    primaryLength = end - at;
    return primaryLength > 0;
  }

  /** Timestamp offset in 14 bits, block length in 10. */
  private boolean header(byte[] buffer, int at) {
    int age = (buffer[at + 1] & 0xFF) << 6 | (buffer[at + 2] & 0xFF) >> 2;
    boolean inOrder = redundant == 0 || age < ages[redundant - 1];
    ages[redundant] = age;
    lengths[redundant] = (buffer[at + 2] & 3) << 8 | (buffer[at + 3] & 0xFF);
    redundant++;
    return age > 0 && inOrder;
  }

  /** How many earlier frames there are. */
  public int redundant() {
    return redundant;
  }

  /** Where the earlier frame {@code i} starts in the buffer; 0 is the oldest. */
  public int offset(int i) {
    return offsets[i];
  }

  /** How long the earlier frame {@code i} is; 0 when it has no content. */
  public int length(int i) {
    return lengths[i];
  }

  /** How much earlier than the packet's timestamp the frame {@code i} is, in ticks, above 0. */
  public int ageTicks(int i) {
    return ages[i];
  }

  /** Where the packet's own frame starts. */
  public int primaryOffset() {
    return primaryOffset;
  }

  /** How long it is, above 0. */
  public int primaryLength() {
    return primaryLength;
  }
}
