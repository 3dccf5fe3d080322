package dev.amphi.packager.crypt;

import java.nio.ByteBuffer;

/** The nonces of a stream's segments: prefix, number, and whether it is the last one. */
final class StreamNonce {
  private static final long MOST_SEGMENTS = 1L << 32;

  private final byte[] prefix;

  StreamNonce(byte[] prefix) {
    this.prefix = prefix.clone();
  }

  byte[] of(long segment, boolean last) {
    if (segment >= MOST_SEGMENTS) {
      throw new IllegalStateException("a stream of more than " + MOST_SEGMENTS + " segments");
    }
    return ByteBuffer.allocate(AesGcm.NONCE_BYTES)
        .put(prefix)
        .putInt((int) segment)
        .put((byte) (last ? 1 : 0))
        .array();
  }
}
