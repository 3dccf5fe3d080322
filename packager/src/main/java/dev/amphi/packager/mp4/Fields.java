package dev.amphi.packager.mp4;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Appends a box's fields in network order. */
final class Fields {
  private byte[] bytes = new byte[64];
  private int length;

  Fields u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  Fields u16(int value) {
    return u8(value >>> 8).u8(value);
  }

  Fields u24(int value) {
    return u8(value >>> 16).u16(value);
  }

  Fields u32(long value) {
    return u16((int) (value >>> 16)).u16((int) value);
  }

  Fields u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  Fields zeros(int count) {
    room(count);
    length += count;
    return this;
  }

  /** A four-character code. */
  Fields code(String fourCc) {
    return raw(fourCc.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A zero-terminated string. */
  Fields string(String text) {
    return raw(text.getBytes(StandardCharsets.UTF_8)).u8(0);
  }

  Fields bytes(Bytes value) {
    return raw(value.toByteArray());
  }

  Fields box(Box box) {
    return raw(box.toByteArray());
  }

  /** The unity matrix of {@code mvhd} and {@code tkhd}. */
  Fields unityMatrix() {
    return u32(0x10000).zeros(12).u32(0x10000).zeros(12).u32(0x40000000);
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  private Fields raw(byte[] more) {
    room(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
