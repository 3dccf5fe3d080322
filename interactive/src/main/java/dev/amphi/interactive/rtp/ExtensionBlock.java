package dev.amphi.interactive.rtp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The header extension block of one packet (RFC 8285), its elements in one-byte (§4.2) or two-byte
 * (§4.3) form: a view that moves with its packet. A lying length ends the walk.
 */
final class ExtensionBlock {
  static final int NOT_FOUND = -1;
  private static final int ONE_BYTE = 0xBEDE;
  private static final int TWO_BYTE = 0x1000;
  private static final int TWO_BYTE_MASK = 0xFFF0;

  /** Of the block: its profile and its length. */
  private static final int HEADER = 4;

  private static final byte[] NOTHING = new byte[0];

  private byte[] buffer = NOTHING;

  /** Where the data starts, behind the block's header; -1 when there is no block. */
  private int start = -1;

  private int length; // of the data
  private int profile;

  /** The packet has no block. */
  void absent() {
    start = -1;
    length = 0;
  }

  /**
   * Looks at the block whose header is at {@code at}, in a packet that ends at {@code end}; returns
   * where the block says that it ends, or -1 when not even its header fits.
   */
  int wrap(byte[] buffer, int at, int end) {
    absent();
    if (at + HEADER > end) {
      return -1;
    }
    this.buffer = buffer;
    start = at + HEADER;
    profile = ByteFields.u16(buffer, at);
    length = 4 * ByteFields.u16(buffer, at + 2);
    return start + length;
  }

  /** The packet's header moved towards the tail. */
  void moved(int count) {
    start += start < 0 ? 0 : count;
  }

  /** Where the data of the element with this id starts, or {@link #NOT_FOUND}. */
  int offset(int id) {
    int at = find(id);
    return at < 0 ? at : at + headerSize(profile);
  }

  /** How long the data of the element with this id is, or {@link #NOT_FOUND}. */
  int length(int id) {
    int at = find(id);
    return at < 0 ? at : dataLength(at, profile);
  }

  /** The data of an element as text, or "" when it is not there. Allocates. */
  String text(int id) {
    int size = length(id);
    return size <= 0 ? "" : new String(buffer, offset(id), size, StandardCharsets.UTF_8);
  }

  /** Whether the data of an element is this ASCII text. */
  boolean matches(int id, String text) {
    int at = offset(id);
    if (at < 0 || length(id) != text.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (buffer[at + i] != (byte) text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The position of the element's first header byte, or {@link #NOT_FOUND}. */
  private int find(int id) {
    return start < 0 || id <= 0 || !readable(profile) ? NOT_FOUND : walk(id);
  }

  /** As {@link #find}; for id 0 the end of the last element instead. */
  private int walk(int id) {
    boolean oneByte = isOneByte(profile);
    int end = start + length;
    int at = start;
    int lastEnd = start;
    while (at < end) {
      int head = buffer[at] & 0xFF;
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
      int next = at + headerSize(profile) + dataLength(at, profile);
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

  /** How many bytes of the data are elements. */
  int used() {
    return start < 0 || !readable(profile) ? 0 : walk(0) - start;
  }

  /** Where room is opened for more, given where the packet's payload starts. */
  int end(int payloadOffset) {
    return start < 0 ? payloadOffset : start + length;
  }

  /**
   * How much the block has to grow so that {@link #append} can put an element behind those that are
   * there, or -1 when it cannot carry it.
   */
  int growth(int used, int id, int size) {
    if ((start >= 0 && !readable(profile)) || size < 0 || size > 255 || id < 1 || id > 255) {
      return -1;
    }
    int form = formFor(id, size);
    int needed = used + headerSize(form) + size + (widens(form) ? count(used) : 0);
    int header = start < 0 ? HEADER : 0;
    return header + Math.max(0, ((needed + 3) & ~3) - length);
  }

  /**
   * Puts an element behind those that are there and returns where its data goes. A block in
   * one-byte form takes on the two-byte form when it has to.
   *
   * @param at where {@link #end} was; so many zero bytes as {@link #growth} said are there now
   */
  int append(byte[] buffer, int at, int grown, int used, int id, int size) {
    int form = formFor(id, size);
    int behind = used;
    if (start < 0) {
      this.buffer = buffer;
      start = at + HEADER;
      length = grown - HEADER;
    } else {
      length += grown;
      behind += widens(form) ? widen(used, count(used)) : 0;
    }
    profile = form;
    ByteFields.put16(buffer, start - HEADER, profile);
    ByteFields.put16(buffer, start - 2, length / 4);
    return putElementHeader(start + behind, id, size);
  }

  /** The form of the block once this element is in it. */
  private int formFor(int id, int size) {
    boolean fits = id >= 1 && id <= 14 && size >= 1 && size <= 16;
    if (start >= 0 && !isOneByte(profile)) {
      return profile;
    }
    return fits ? ONE_BYTE : TWO_BYTE;
  }

  private boolean widens(int form) {
    return start >= 0 && form != profile;
  }

  private int putElementHeader(int at, int id, int size) {
    if (isOneByte(profile)) {
      buffer[at] = (byte) (id << 4 | (size - 1));
      return at + 1;
    }
    buffer[at] = (byte) id;
    buffer[at + 1] = (byte) size;
    return at + 2;
  }

  /** How many elements of the one-byte form there are. */
  private int count(int used) {
    int elements = 0;
    for (int at = start; at < start + used; ) {
      boolean padding = buffer[at] == 0;
      elements += padding ? 0 : 1;
      at += padding ? 1 : 1 + dataLength(at, ONE_BYTE);
    }
    return elements;
  }

  /** Gives so many elements headers of two bytes, in place; returns by how much they grew. */
  private int widen(int used, int elements) {
    System.arraycopy(buffer, start, buffer, start + elements, used);
    int to = start;
    for (int from = start + elements; from < start + elements + used; ) {
      if (buffer[from] == 0) {
        buffer[to++] = buffer[from++];
        continue;
      }
      int id = buffer[from] >> 4 & 0x0F;
      int size = dataLength(from, ONE_BYTE);
      buffer[to] = (byte) id;
      buffer[to + 1] = (byte) size;
      System.arraycopy(buffer, from + 1, buffer, to + 2, size);
      from += 1 + size;
      to += 2 + size;
    }
    Arrays.fill(buffer, start + used + elements, start + length, (byte) 0);
    return elements;
  }

  /** The data length of the element whose header is at {@code at}. */
  private int dataLength(int at, int form) {
    return isOneByte(form) ? (buffer[at] & 0x0F) + 1 : buffer[at + 1] & 0xFF;
  }

  private static int headerSize(int form) {
    return isOneByte(form) ? 1 : 2;
  }

  private static boolean readable(int form) {
    return isOneByte(form) || (form & TWO_BYTE_MASK) == TWO_BYTE;
  }

  private static boolean isOneByte(int form) {
    return form == ONE_BYTE;
  }
}
