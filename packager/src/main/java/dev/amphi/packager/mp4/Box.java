package dev.amphi.packager.mp4;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One box (ISO 14496-12 §4.2): a four-character code and its content. */
public final class Box {
  /** Bytes of a box's size and type. */
  static final int HEADER = 8;

  private final String type;
  private final List<Bytes> content;
  private final int size;

  private Box(String type, List<Bytes> content) {
    this.type = type;
    this.content = content;
    this.size = HEADER + content.stream().mapToInt(Bytes::length).sum();
  }

  /** A box of plain fields. */
  static Box of(String type, Fields fields) {
    return new Box(type, List.of(Bytes.wrap(fields.toByteArray())));
  }

  /** A box of boxes. */
  static Box of(String type, Box... children) {
    Fields fields = new Fields();
    for (Box child : children) {
      fields.box(child);
    }
    return of(type, fields);
  }

  /** A box with version and flags (ISO 14496-12 §4.2.2). */
  static Box full(String type, int version, int flags, Fields fields) {
    return of(type, new Fields().u8(version).u24(flags).bytes(Bytes.wrap(fields.toByteArray())));
  }

  /** A box around bytes that are not copied. */
  static Box around(String type, List<Bytes> content) {
    return new Box(type, List.copyOf(content));
  }

  /** Size with header. */
  int size() {
    return size;
  }

  void putInto(ByteBuffer buffer) {
    buffer.putInt(size).put(type.getBytes(StandardCharsets.ISO_8859_1));
    content.forEach(bytes -> bytes.putInto(buffer));
  }

  byte[] toByteArray() {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    putInto(buffer);
    return buffer.array();
  }

  /** Boxes one after the other. */
  static Bytes join(Box... boxes) {
    int size = 0;
    for (Box box : boxes) {
      size = Math.addExact(size, box.size());
    }
    ByteBuffer buffer = ByteBuffer.allocate(size);
    for (Box box : boxes) {
      box.putInto(buffer);
    }
    return Bytes.wrap(buffer.array());
  }
}
