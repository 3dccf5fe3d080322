package dev.amphi.interactive.rtp.codec;

/** Finds the largest picture's size in an AV1 sequence header OBU (AV1 §5.5.1). */
final class Av1SequenceHeader {
  private final BitReader in = new BitReader();
  private boolean decoderModel;
  private int delayBits;

  /** The size that an OBU of this type tells, or {@link PictureSize#UNKNOWN}. */
  int size(byte[] obu, int offset, int length) {
    if (length < 1) {
      return PictureSize.UNKNOWN;
    }
    int header = ObuHeader.length(obu[offset]);
    if (ObuHeader.hasSize(obu[offset])) {
      header += Leb128.size(Leb128.read(obu, offset + header, offset + length));
    }
    if (header >= length) {
      return PictureSize.UNKNOWN;
    }
    in.wrap(obu, offset + header, length - header);
    in.bits(4); // profile, still picture
    if (in.flag()) { // reduced: one operating point, its level
      in.bits(5);
    } else {
      skipTiming();
      skipOperatingPoints();
    }
    int widthBits = in.bits(4) + 1;
    int heightBits = in.bits(4) + 1;
    int width = in.bits(widthBits) + 1;
    int height = in.bits(heightBits) + 1;
    return in.overrun() ? PictureSize.UNKNOWN : PictureSize.of(width, height);
  }

  private void skipTiming() {
    decoderModel = false;
    if (!in.flag()) {
      return;
    }
    in.bits(32); // units in a tick
    in.bits(32); // time scale
    if (in.flag()) {
      in.unsigned(); // ticks per picture
    }
    decoderModel = in.flag();
    if (decoderModel) {
      delayBits = in.bits(5) + 1;
      in.bits(32); // units in a decoding tick
      in.bits(10); // two lengths
    }
  }

  private void skipOperatingPoints() {
    boolean displayDelay = in.flag();
    int points = in.bits(5) + 1;
    for (int i = 0; i < points; i++) {
      in.bits(12);
      if (in.bits(5) > 7) { // level
        in.bit(); // tier
      }
      if (decoderModel && in.flag()) {
        in.bits(delayBits);
        in.bits(delayBits);
        in.bit();
      }
      if (displayDelay && in.flag()) {
        in.bits(4);
      }
    }
  }
}
