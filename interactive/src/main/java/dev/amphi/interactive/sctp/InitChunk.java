package dev.amphi.interactive.sctp;

import static dev.amphi.interactive.rtp.ByteFields.u16;
import static dev.amphi.interactive.rtp.ByteFields.u32;
import static dev.amphi.interactive.rtp.ByteFields.u8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one side says of itself in INIT or INIT ACK (RFC 9260 §3.3.2, §3.3.3).
 *
 * @param tag that it wants in every packet to it; never 0
 * @param windowBytes its receive window
 * @param forwardTsn whether it takes FORWARD TSN (RFC 3758 §3.1)
 * @param reconfiguration whether it takes RE-CONFIG (RFC 6525, by RFC 5061 §4.2.7)
 */
record InitChunk(
    long tag,
    long windowBytes,
    int outgoingStreams,
    int incomingStreams,
    long initialTsn,
    boolean forwardTsn,
    boolean reconfiguration) {
  static final int FIXED_BYTES = 16;

  private static final int STATE_COOKIE = 7;
  private static final int SUPPORTED_EXTENSIONS = 0x8008;
  private static final int FORWARD_TSN_SUPPORTED = 0xC000;

  /** Reads a chunk's value; null when it breaks the rules. */
  static @Nullable InitChunk read(byte[] in, int at, int length) {
    if (length < FIXED_BYTES
        || u32(in, at) == 0
        || u16(in, at + 8) == 0
        || u16(in, at + 10) == 0
        || !parametersAreSound(in, at + FIXED_BYTES, at + length)) {
      return null;
    }
    boolean forward = find(in, at, length, FORWARD_TSN_SUPPORTED) >= 0;
    int extensions = find(in, at, length, SUPPORTED_EXTENSIONS);
    boolean reconfiguration = false;
    if (extensions >= 0) {
      for (int i = extensions + 4; i < extensions + u16(in, extensions + 2); i++) {
        forward |= u8(in, i) == ChunkType.FORWARD_TSN;
        reconfiguration |= u8(in, i) == ChunkType.RE_CONFIG;
      }
    }
    return new InitChunk(
        u32(in, at),
        u32(in, at + 4),
        u16(in, at + 8),
        u16(in, at + 10),
        u32(in, at + 12),
        forward,
        reconfiguration);
  }

  /** The cookie of an INIT ACK that {@link #read} took; null when there is none. */
  static byte @Nullable [] cookie(byte[] in, int at, int length) {
    int found = find(in, at, length, STATE_COOKIE);
    return found < 0 ? null : Arrays.copyOfRange(in, found + 4, found + u16(in, found + 2));
  }

  private static boolean parametersAreSound(byte[] in, int from, int end) {
    int at = from;
    while (end - at >= 4) {
      int bytes = u16(in, at + 2);
      if (bytes < 4 || bytes > end - at) {
        return false;
      }
      at += PacketReader.padded(bytes);
    }
    return true;
  }

  private static int find(byte[] in, int start, int length, int type) {
    int at = start + FIXED_BYTES;
    int end = start + length;
    while (end - at >= 4) {
      if (u16(in, at) == type) {
        return at;
      }
      at += PacketReader.padded(u16(in, at + 2));
    }
    return -1;
  }

  /** Writes INIT, or INIT ACK when there is a cookie. */
  void write(PacketWriter out, byte @Nullable [] cookie) {
    out.beginChunk(cookie == null ? ChunkType.INIT : ChunkType.INIT_ACK, 0);
    out.put32(tag);
    out.put32(windowBytes);
    out.put16(outgoingStreams);
    out.put16(incomingStreams);
    out.put32(initialTsn);
    if (cookie != null) {
      out.put16(STATE_COOKIE);
      out.put16(4 + cookie.length);
      out.put(cookie, 0, cookie.length);
      out.pad();
    }
    out.put16(FORWARD_TSN_SUPPORTED);
    out.put16(4);
    out.put16(SUPPORTED_EXTENSIONS);
    out.put16(6);
    out.put8(ChunkType.RE_CONFIG);
    out.put8(ChunkType.FORWARD_TSN);
    out.endChunk();
  }
}
