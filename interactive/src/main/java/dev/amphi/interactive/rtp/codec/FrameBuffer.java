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
    if (!ensure(count)) {
      return false;
    }
    System.arraycopy(bytes, 0, bytes, count, length);
    System.arraycopy(source, 0, bytes, 0, count);
    length += count;
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
