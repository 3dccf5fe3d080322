package dev.amphi.interactive.rtp;

/**
 * The elements of one header extension block, one-byte (RFC 8285 §4.2) and two-byte (§4.3) form.
 * Works on the block's data, without its four-byte header. A lying length ends the walk.
 */
final class ExtensionBlock {
  static final int ONE_BYTE = 0xBEDE;
  static final int TWO_BYTE = 0x1000;
  static final int TWO_BYTE_MASK = 0xFFF0;
  static final int NOT_FOUND = -1;

  private ExtensionBlock() {}

  static boolean isOneByte(int profile) {
    return profile == ONE_BYTE;
  }

  static boolean isTwoByte(int profile) {
    return (profile & TWO_BYTE_MASK) == TWO_BYTE;
  }

  /**
   * The position of the element's first header byte, or {@link #NOT_FOUND}; {@code id} 0 asks for
   * the end of the last element instead.
   */
  static int find(byte[] b, int start, int length, int profile, int id) {
    boolean oneByte = isOneByte(profile);
    if (!oneByte && !isTwoByte(profile)) {
      return NOT_FOUND;
    }
    int end = start + length;
    int at = start;
    int lastEnd = start;
    while (at < end) {
      int head = b[at] & 0xFF;
      if (head == 0) { // padding
        at++;
        continue;
      }
      int elementId = oneByte ? head >> 4 : head;
      if (oneByte && elementId == 15) { // RFC 8285 §4.2: stop at once
        break;
      }
      if (!oneByte && at + 1 >= end) {
        break;
      }
      int next = at + headerSize(profile) + dataLength(b, at, profile);
      if (next > end) {
        break;
      }
      if (elementId == id) {
        return at;
      }
      at = next;
      lastEnd = next;
    }
    return id == 0 ? lastEnd : NOT_FOUND;
  }

  static int headerSize(int profile) {
    return isOneByte(profile) ? 1 : 2;
  }

  /** The data length of the element whose header is at {@code at}. */
  static int dataLength(byte[] b, int at, int profile) {
    return isOneByte(profile) ? (b[at] & 0x0F) + 1 : b[at + 1] & 0xFF;
  }

  /** Writes an element's header and returns where its data goes. */
  static int putHeader(byte[] b, int at, int profile, int id, int dataLength) {
    if (isOneByte(profile)) {
      b[at] = (byte) (id << 4 | (dataLength - 1));
      return at + 1;
    }
    b[at] = (byte) id;
    b[at + 1] = (byte) dataLength;
    return at + 2;
  }

  /** How many elements there are in one-byte form. */
  static int count(byte[] b, int start, int length) {
    int elements = 0;
    for (int at = start; at < start + length; ) {
      boolean padding = b[at] == 0;
      elements += padding ? 0 : 1;
      at += padding ? 1 : 1 + dataLength(b, at, ONE_BYTE);
    }
    return elements;
  }

  /**
   * Turns elements of the one-byte form into the two-byte form, in place.
   *
   * @param elements how many there are, and how many bytes behind them are free
   */
  static void widen(byte[] b, int start, int length, int elements) {
    System.arraycopy(b, start, b, start + elements, length);
    int to = start;
    for (int from = start + elements; from < start + elements + length; ) {
      if (b[from] == 0) {
        b[to++] = b[from++];
        continue;
      }
      int id = b[from] >> 4 & 0x0F;
      int size = dataLength(b, from, ONE_BYTE);
      b[to] = (byte) id;
      b[to + 1] = (byte) size;
      System.arraycopy(b, from + 1, b, to + 2, size);
      from += 1 + size;
      to += 2 + size;
    }
  }

  /** Whether the one-byte form can carry the element. */
  static boolean fitsOneByte(int id, int dataLength) {
    return id >= 1 && id <= 14 && dataLength >= 1 && dataLength <= 16;
  }
}
