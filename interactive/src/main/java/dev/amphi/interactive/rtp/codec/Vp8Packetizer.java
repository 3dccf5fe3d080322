package dev.amphi.interactive.rtp.codec;

/** VP8 (RFC 7741 §4.2): equal pieces behind a descriptor with a 15-bit picture id. */
public final class Vp8Packetizer implements Packetizer {
  private static final int DESCRIPTOR = 4;
  private static final int PIECE = MAX_PAYLOAD - DESCRIPTOR;

  private final byte[] payload = new byte[MAX_PAYLOAD];
  private int pictureId;

  @Override
  public void packetize(byte[] frame, int offset, int length, PayloadSink sink) {
    int pieces = (length + PIECE - 1) / PIECE;
    int at = offset;
    int end = offset + length;
    for (int i = 0; i < pieces; i++) {
      int size = (end - at) / (pieces - i);
      payload[0] = (byte) (i == 0 ? 0x90 : 0x80); // X, and S on the first
      payload[1] = (byte) 0x80; // I
      payload[2] = (byte) (0x80 | pictureId >> 8); // M
      payload[3] = (byte) pictureId;
      System.arraycopy(frame, at, payload, DESCRIPTOR, size);
      sink.payload(payload, 0, DESCRIPTOR + size, i == pieces - 1);
      at += size;
    }
    pictureId = (pictureId + 1) & 0x7FFF;
  }
}
