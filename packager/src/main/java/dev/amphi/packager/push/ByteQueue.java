package dev.amphi.packager.push;

import java.util.Arrays;

/** Bytes that grow at the end; big-endian, as everything in RTMP but one field. */
final class ByteQueue {
  private byte[] bytes = new byte[512];
  private int length;

  ByteQueue u8(int value) {
    room(1);
    bytes[length++] = (byte) value;
    return this;
  }

  ByteQueue u16(int value) {
    return u8(value >> 8).u8(value);
  }

  ByteQueue u24(int value) {
    return u8(value >> 16).u16(value);
  }

  ByteQueue u32(long value) {
    return u16((int) (value >> 16)).u16((int) value);
  }

  ByteQueue u64(long value) {
    return u32(value >>> 32).u32(value);
  }

  ByteQueue u32LittleEndian(int value) {
    return u32(Integer.reverseBytes(value));
  }

  ByteQueue add(byte[] more) {
    return add(more, 0, more.length);
  }

  ByteQueue add(byte[] more, int from, int count) {
    room(count);
    System.arraycopy(more, from, bytes, length, count);
    length += count;
    return this;
  }

  int size() {
    return length;
  }

  /** All that there is; it is empty then. */
  byte[] take() {
    byte[] all = Arrays.copyOf(bytes, length);
    length = 0;
    return all;
  }

  private void room(int count) {
    if (length + count > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
    }
  }
}
