package dev.amphi.interactive.rtp.codec;

/**
 * A view of an AV1 payload (AOM "RTP Payload Format For AV1" 1.0, §4.4 and §4.5): an aggregation
 * header and OBU elements, each a whole OBU or a piece of one.
 *
 * <pre>
 *   |Z|Y| W |N|-|-|-|   then W elements, or as many as fit when W is 0
 * </pre>
 *
 * Each element but the last of W has its length before it (leb128). A lying length ends the walk.
 */
final class Av1Payload {
  private byte[] bytes = {};
  private int end;
  private int flags;
  private int next;
  private int count;
  private int element;
  private int length;
  private boolean malformed;

  /** Looks at a payload, before its first element; false when there is none. */
  boolean wrap(byte[] payload, int offset, int size) {
    bytes = payload;
    end = offset + size;
    next = offset + 1;
    count = 0;
    malformed = false;
    flags = size > 0 ? payload[offset] & 0xFF : 0;
    return size > 1;
  }

  /** Goes to the next element; false at the end, or where the payload is malformed. */
  boolean next() {
    if (malformed || next >= end) {
      malformed |= declared() > count;
      return false;
    }
    count++;
    if (declared() == count) {
      length = end - next;
    } else {
      long size = Leb128.read(bytes, next, end);
      next += Leb128.size(size);
      length = (int) Leb128.value(size);
      malformed = size == Leb128.MALFORMED || length > end - next;
    }
    malformed |= declared() > 0 && count > declared();
    element = next;
    next += length;
    return !malformed;
  }

  private int declared() {
    return flags >> 4 & 3;
  }

  /** Whether the first element goes on where the packet before ended, Z. */
  boolean continues() {
    return (flags & 0x80) != 0;
  }

  /** Whether the last element goes on in the next packet, Y. */
  boolean isContinued() {
    return (flags & 0x40) != 0;
  }

  /** Whether a coded video sequence begins, N: decoding can start here. */
  boolean startsSequence() {
    return (flags & 0x08) != 0;
  }

  /** Whether the element is the payload's first. */
  boolean first() {
    return count == 1;
  }

  /** Whether the element is the payload's last. */
  boolean last() {
    return next >= end;
  }

  /** Where the element is. */
  int elementAt() {
    return element;
  }

  /** Its first byte; of an OBU's beginning its header. */
  int firstByte() {
    return bytes[element];
  }

  /** How long it is; maybe 0. */
  int elementLength() {
    return length;
  }

  /** Whether the walk ended before the payload did. */
  boolean malformed() {
    return malformed;
  }
}
