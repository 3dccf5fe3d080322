package dev.amphi.interactive.rtp.codec;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The bytes of one coded frame; grows to the largest frame seen, never beyond its limit. */
public final class FrameBuffer {
  /** Larger frames are refused: a 4K key frame stays far below. */
  public static final int MAX_FRAME = 4 << 20;

  private static final int INITIAL = 1 << 14;

  private byte[] bytes = new byte[INITIAL];
  private ByteBuffer view = ByteBuffer.wrap(bytes);
  private int length;

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** The bytes from 0 to {@link #length()}, in a buffer that is reused for each frame. */
  public ByteBuffer view() {
    return view.clear().limit(length);
  }

  void clear() {
    length = 0;
  }

  byte at(int index) {
    return bytes[index];
  }

  boolean put(byte[] source, int offset, int count) {
    if (!ensure(count)) {
      return false;
    }
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return true;
  }

  boolean put(int value) {
    if (!ensure(1)) {
      return false;
    }
    bytes[length++] = (byte) value;
    return true;
  }

  /** Puts bytes before all others. */
  boolean prepend(byte[] source, int count) {
    return insert(0, source, count);
  }

  /** Puts bytes before those from {@code at} on. */
  boolean insert(int at, byte[] source, int count) {
    if (!ensure(count)) {
      return false;
    }
    System.arraycopy(bytes, at, bytes, at + count, length - at);
    System.arraycopy(source, 0, bytes, at, count);
    length += count;
    return true;
  }

  void set(int index, int value) {
    bytes[index] = (byte) value;
  }

  /** Forgets the bytes from {@code at} on. */
  void truncate(int at) {
    length = at;
  }

  /** Ends behind what the length (leb128) at {@code at} says; false when there is not so much. */
  boolean endAt(int at) {
    long size = Leb128.read(bytes, at, length);
    int content = at + Leb128.size(size);
    if (size == Leb128.MALFORMED || Leb128.value(size) > length - content) {
      return false;
    }
    length = content + (int) Leb128.value(size);
    return true;
  }

  private boolean ensure(int more) {
    int needed = length + more;
    if (needed > MAX_FRAME) {
      return false;
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(MAX_FRAME, Math.max(needed, 2 * bytes.length)));
      view = ByteBuffer.wrap(bytes);
    }
    return true;
  }
}
