package dev.amphi.interactive.sctp;

import static dev.amphi.interactive.rtp.ByteFields.u16;
import static dev.amphi.interactive.rtp.ByteFields.u32;
import static dev.amphi.interactive.rtp.ByteFields.u8;

import java.util.zip.CRC32C;

/**
 * Looks at one packet (RFC 9260 §3): a common header of 12 bytes and chunks, each padded to four
 * bytes. A packet of which one length lies is refused as a whole.
 */
final class PacketReader {
  static final int HEADER_BYTES = 12;
  static final int CHUNK_HEADER_BYTES = 4;

  private static final byte[] ZERO_CHECKSUM = new byte[4];

  private final CRC32C crc = new CRC32C();
  private byte[] bytes = ZERO_CHECKSUM;
  private int start;
  private int next;
  private int end;
  private int chunk;

  /** Puts the reader before the first chunk; false when this is no sound packet. */
  boolean wrap(byte[] packet, int offset, int length) {
    if (length < HEADER_BYTES + CHUNK_HEADER_BYTES || !checksumIsRight(packet, offset, length)) {
      return false;
    }
    bytes = packet;
    start = offset;
    end = offset + length;
    next = offset + HEADER_BYTES;
    while (next < end) {
      if (end - next < CHUNK_HEADER_BYTES) {
        return false;
      }
      int chunkBytes = u16(bytes, next + 2);
      if (chunkBytes < CHUNK_HEADER_BYTES || chunkBytes > end - next) {
        return false;
      }
      next += padded(chunkBytes);
    }
    next = offset + HEADER_BYTES;
    return true;
  }

  /** RFC 9260 appendix A: CRC32c over the packet with a zero checksum, least byte first. */
  private boolean checksumIsRight(byte[] packet, int offset, int length) {
    return checksum(crc, packet, offset, length)
        == (u8(packet, offset + 8)
            | u8(packet, offset + 9) << 8
            | u8(packet, offset + 10) << 16
            | u8(packet, offset + 11) << 24);
  }

  static int checksum(CRC32C crc, byte[] packet, int offset, int length) {
    crc.reset();
    crc.update(packet, offset, 8);
    crc.update(ZERO_CHECKSUM, 0, 4);
    crc.update(packet, offset + HEADER_BYTES, length - HEADER_BYTES);
    return (int) crc.getValue();
  }

  static int padded(int length) {
    return (length + 3) & ~3;
  }

  int sourcePort() {
    return u16(bytes, start);
  }

  int destinationPort() {
    return u16(bytes, start + 2);
  }

  private long verificationTag() {
    return u32(bytes, start + 4);
  }

  /**
   * Whether the packet's tag lets the chunk be heard (RFC 9260 §8.5): INIT has none yet, and what
   * ends an association may have the far side's.
   */
  boolean tagged(long ours, long theirs) {
    int type = type();
    if (type == ChunkType.INIT) {
      return verificationTag() == 0 && alone();
    }
    boolean reflected =
        (type == ChunkType.ABORT || type == ChunkType.SHUTDOWN_COMPLETE)
            && (flags() & ChunkType.REFLECTED) != 0;
    return verificationTag() == (reflected ? theirs : ours);
  }

  /** Steps to the next chunk; false after the last. */
  boolean nextChunk() {
    if (next >= end) {
      return false;
    }
    chunk = next;
    next += padded(u16(bytes, chunk + 2));
    return true;
  }

  /** Whether the chunk stands alone, as INIT, INIT ACK and SHUTDOWN COMPLETE must. */
  boolean alone() {
    return chunk == start + HEADER_BYTES && next >= end;
  }

  int type() {
    return u8(bytes, chunk);
  }

  int flags() {
    return u8(bytes, chunk + 1);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the chunk's value begins. */
  int value() {
    return chunk + CHUNK_HEADER_BYTES;
  }

  /** The value's length without padding. */
  int valueBytes() {
    return u16(bytes, chunk + 2) - CHUNK_HEADER_BYTES;
  }
}
