package dev.amphi.interactive.sctp;

import dev.amphi.interactive.rtp.ByteFields;
import java.util.zip.CRC32C;

/** Writes one packet at a time into a buffer of its own. */
final class PacketWriter {
  private final CRC32C crc = new CRC32C();
  private final byte[] bytes;
  private final int port;
  private final SctpStats stats;
  private int length;
  private int chunk;

  PacketWriter(int packetBytes, int port, SctpStats stats) {
    this.bytes = new byte[packetBytes & ~3];
    this.port = port;
    this.stats = stats;
  }

  /** Bytes of the largest packet. */
  int capacity() {
    return bytes.length;
  }

  /** Starts a packet to whoever knows this tag. */
  void begin(long verificationTag) {
    ByteFields.put16(bytes, 0, port);
    ByteFields.put16(bytes, 2, port);
    ByteFields.put32(bytes, 4, verificationTag);
    length = PacketReader.HEADER_BYTES;
  }

  /** Bytes that a chunk's value may still have. */
  int room() {
    return bytes.length - length - PacketReader.CHUNK_HEADER_BYTES;
  }

  void beginChunk(int type, int flags) {
    chunk = length;
    put8(type);
    put8(flags);
    put16(0);
  }

  void put8(int value) {
    bytes[length++] = (byte) value;
  }

  void put16(int value) {
    ByteFields.put16(bytes, length, value);
    length += 2;
  }

  void put32(long value) {
    ByteFields.put32(bytes, length, value);
    length += 4;
  }

  void put(byte[] from, int offset, int count) {
    System.arraycopy(from, offset, bytes, length, count);
    length += count;
  }

  /** Fills up to four bytes; parameters within a chunk need it too. */
  void pad() {
    while ((length & 3) != 0) {
      bytes[length++] = 0;
    }
  }

  /** Closes a chunk: its length says nothing of its padding. */
  void endChunk() {
    ByteFields.put16(bytes, chunk + 2, length - chunk);
    pad();
  }

  /** A whole chunk without a value. */
  void chunk(int type, int flags) {
    beginChunk(type, flags);
    endChunk();
  }

  /** Adds the checksum and hands the packet out; false when it is empty. */
  boolean finish(PacketSink out) {
    if (length <= PacketReader.HEADER_BYTES) {
      return false;
    }
    int sum = PacketReader.checksum(crc, bytes, 0, length);
    for (int i = 0; i < 4; i++) {
      bytes[8 + i] = (byte) (sum >>> (8 * i));
    }
    stats.packetsSent++;
    stats.bytesSent += length;
    out.packet(bytes, 0, length);
    length = 0;
    return true;
  }
}
