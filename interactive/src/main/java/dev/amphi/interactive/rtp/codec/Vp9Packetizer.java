package dev.amphi.interactive.rtp.codec;

/**
 * VP9 without layers (RFC 9628 §4.2): equal pieces behind a descriptor with a 15-bit picture id.
 */
public final class Vp9Packetizer implements Packetizer {
  private static final int DESCRIPTOR = 3;
  private static final int PIECE = MAX_PAYLOAD - DESCRIPTOR;

  private final byte[] payload = new byte[MAX_PAYLOAD];
  private int pictureId;

  @Override
  public void packetize(byte[] frame, int offset, int length, PayloadSink sink) {
    int pieces = (length + PIECE - 1) / PIECE;
    int at = offset;
    int end = offset + length;
    // VP9 §6.2, uncompressed header of profile 0: frame_type is the sixth bit, 0 for a key frame.
    int flags = (frame[offset] & 0x04) == 0 ? 0x80 : 0xC0;
    for (int i = 0; i < pieces; i++) {
      int size = (end - at) / (pieces - i);
      payload[0] = (byte) (flags | (i == 0 ? 0x08 : 0) | (i == pieces - 1 ? 0x04 : 0)); // B, E
      payload[1] = (byte) (0x80 | pictureId >> 8); // M
      payload[2] = (byte) pictureId;
      System.arraycopy(frame, at, payload, DESCRIPTOR, size);
      sink.payload(payload, 0, DESCRIPTOR + size, i == pieces - 1);
      at += size;
    }
    pictureId = (pictureId + 1) & 0x7FFF;
  }
}
