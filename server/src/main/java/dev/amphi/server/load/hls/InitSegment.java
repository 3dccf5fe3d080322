package dev.amphi.server.load.hls;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/**
 * What an initialization segment says of its only track.
 *
 * @param timescale ticks per second
 * @param avcConfig the avcC box's content, empty when the track is no H.264
 */
record InitSegment(int timescale, ByteBuffer avcConfig) {
  /** Bytes of a sample description before its first entry: version, flags, count. */
  private static final int STSD_HEADER = 8;

  /** Bytes of a visual sample entry before its boxes (ISO 14496-12 §12.1.3). */
  private static final int VISUAL_ENTRY = 78;

  static InitSegment parse(ByteBuffer bytes) throws MediaException {
    try {
      ByteBuffer media = Boxes.need(bytes, "moov/trak/mdia");
      ByteBuffer header = Boxes.need(media, "mdhd");
      int timescale = header.getInt(header.get(0) == 1 ? 20 : 12);
      if (timescale <= 0) {
        throw new MediaException("a timescale of " + timescale);
      }
      ByteBuffer descriptions = Boxes.need(media, "minf/stbl/stsd");
      descriptions.position(STSD_HEADER);
      Boxes.Box entry = Boxes.in(descriptions).getFirst();
      if (!entry.type().startsWith("avc")) {
        return new InitSegment(timescale, ByteBuffer.allocate(0));
      }
      ByteBuffer boxes = entry.body();
      boxes.position(VISUAL_ENTRY);
      return new InitSegment(timescale, Boxes.need(boxes, "avcC"));
    } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new MediaException("an initialization segment that ends too early");
    }
  }
}
