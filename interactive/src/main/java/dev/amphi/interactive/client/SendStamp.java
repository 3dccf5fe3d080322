package dev.amphi.interactive.client;

import java.nio.ByteBuffer;

/**
 * A monotonic time written all over a payload, so that whatever piece of it comes in a packet tells
 * when it was sent. Only for senders and receivers in one process: they share the clock. Pure.
 */
public final class SendStamp {
  private static final long MAGIC = 0x416D_7068_6953_7470L;
  private static final int BYTES = 16;

  private SendStamp() {}

  /** Fills {@code bytes} from {@code from} to its end with the stamp. */
  public static void fill(byte[] bytes, int from, long nowNanos) {
    ByteBuffer out = ByteBuffer.wrap(bytes);
    int at = from;
    for (; at + BYTES <= bytes.length; at += BYTES) {
      out.putLong(at, MAGIC).putLong(at + Long.BYTES, nowNanos);
    }
    java.util.Arrays.fill(bytes, at, bytes.length, (byte) 0);
  }

  /** The time in the first whole stamp between two places, or -1. */
  static long find(byte[] bytes, int from, int to) {
    for (int at = from; at + BYTES <= to; at++) {
      if (int64(bytes, at) == MAGIC) {
        return int64(bytes, at + Long.BYTES);
      }
    }
    return -1;
  }

  private static long int64(byte[] bytes, int at) {
    long value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value << 8 | (bytes[at + i] & 0xFF);
    }
    return value;
  }
}
