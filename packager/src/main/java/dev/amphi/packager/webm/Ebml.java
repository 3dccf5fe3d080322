package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Spells EBML elements (RFC 8794): an id, a size, and content. Sizes and numbers that have to be
 * known before they can be are eight bytes wide, so that what stands before them does not move.
 */
final class Ebml {
  private static final int WIDE = 8;
  private static final int WIDEST_SIZE = 8;

  private Ebml() {}

  /** An element of elements. */
  static Bytes master(int id, Bytes... children) {
    return element(id, join(children));
  }

  /** An unsigned number in as few bytes as it needs. */
  static Bytes number(int id, long value) {
    int length = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 7) / 8);
    ByteBuffer content = ByteBuffer.allocate(length);
    for (int i = length - 1; i >= 0; i--) {
      content.put((byte) (value >>> (8 * i)));
    }
    return element(id, Bytes.wrap(content.array()));
  }

  /** A number, unsigned or a date (RFC 8794 §7.6), in eight bytes. */
  static Bytes wide(int id, long value) {
    return element(id, Bytes.wrap(ByteBuffer.allocate(WIDE).putLong(value).array()));
  }

  /** A number with a point, in eight bytes. */
  static Bytes real(int id, double value) {
    return element(id, Bytes.wrap(ByteBuffer.allocate(WIDE).putDouble(value).array()));
  }

  /** Text. */
  static Bytes text(int id, String value) {
    return element(id, Bytes.wrap(value.getBytes(StandardCharsets.UTF_8)));
  }

  /** Any bytes. */
  static Bytes element(int id, Bytes content) {
    ByteBuffer out = ByteBuffer.allocate(idLength(id) + WIDEST_SIZE + content.length());
    putId(out, id);
    putSize(out, content.length());
    content.putInto(out);
    return Bytes.copyOf(out.flip());
  }

  /** The head of an element whose content follows elsewhere; its size is eight bytes wide. */
  static Bytes head(int id, long size) {
    ByteBuffer out = ByteBuffer.allocate(idLength(id) + WIDE);
    putId(out, id);
    out.putLong(size | 1L << 56);
    return Bytes.wrap(out.array());
  }

  /** One behind the other. */
  static Bytes join(Bytes... parts) {
    int length = 0;
    for (Bytes part : parts) {
      length = Math.addExact(length, part.length());
    }
    ByteBuffer all = ByteBuffer.allocate(length);
    for (Bytes part : parts) {
      part.putInto(all);
    }
    return Bytes.wrap(all.array());
  }

  /** How long an id is: its first bits say so, as a size's do (RFC 8794 §5). */
  static int idLength(int id) {
    return (Integer.SIZE - Integer.numberOfLeadingZeros(id) + 7) / 8;
  }

  private static void putId(ByteBuffer out, int id) {
    for (int i = idLength(id) - 1; i >= 0; i--) {
      out.put((byte) (id >>> (8 * i)));
    }
  }

  /** All ones would mean that nobody knows it (RFC 8794 §6.2). */
  private static void putSize(ByteBuffer out, long size) {
    int length = 1;
    while (size >= (1L << (7 * length)) - 1) {
      length++;
    }
    long marked = size | 1L << (7 * length);
    for (int i = length - 1; i >= 0; i--) {
      out.put((byte) (marked >>> (8 * i)));
    }
  }
}
