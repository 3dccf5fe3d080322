package dev.amphi.packager.push;

/**
 * Cuts messages into chunks (RTMP §5.3.1). Each message has a whole header (type 0), so that no
 * chunk depends on one before.
 */
final class ChunkWriter {
  private static final int CONTINUATION = 3 << 6;
  private static final long EXTENDED = 0xff_ff_ff;

  private int chunkSize = 128;

  /** How long chunks are from the next message on; the other side has to know. */
  void chunkSize(int bytes) {
    chunkSize = bytes;
  }

  /**
   * @param chunkStream 2 to 63
   * @param millis of the message, modulo 2^32
   */
  void write(ByteQueue out, int chunkStream, long millis, RtmpMessage message) {
    long time = millis & 0xffff_ffffL;
    boolean extended = time >= EXTENDED;
    byte[] body = message.body();
    out.u8(chunkStream)
        .u24((int) Math.min(time, EXTENDED))
        .u24(body.length)
        .u8(message.type())
        .u32LittleEndian(message.streamId());
    if (extended) {
      out.u32(time);
    }
    for (int from = 0; from < body.length; from += chunkSize) {
      if (from > 0) {
        out.u8(CONTINUATION | chunkStream);
        if (extended) {
          out.u32(time); // repeated in each chunk, as all servers want it
        }
      }
      out.add(body, from, Math.min(chunkSize, body.length - from));
    }
  }
}
