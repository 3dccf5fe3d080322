package dev.amphi.interactive.rtp.codec;

/** VP8 (RFC 7741): the frame is what follows each packet's descriptor. */
public final class Vp8Depacketizer implements Depacketizer {
  private static final int KEY_FRAME_HEADER = 10;

  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final FrameBuffer frame = new FrameBuffer();

  @Override
  public boolean startsKeyFrame(byte[] payload, int offset, int length) {
    return descriptor.wrap(payload, offset, length) && descriptor.startsKeyFrame(payload, offset);
  }

  /** RFC 6386 §9.1: behind the start code, 14 bits each. */
  @Override
  public int pictureSize(byte[] payload, int offset, int length) {
    if (!descriptor.wrap(payload, offset, length)
        || length < descriptor.size() + KEY_FRAME_HEADER) {
      return PictureSize.UNKNOWN;
    }
    int at = offset + descriptor.size();
    return PictureSize.of(side(payload, at + 6), side(payload, at + 8));
  }

  private static int side(byte[] b, int at) {
    return (b[at + 1] & 0x3F) << 8 | (b[at] & 0xFF);
  }

  @Override
  public boolean startsFrame(byte[] payload, int offset, int length) {
    return descriptor.wrap(payload, offset, length) && descriptor.startsFrame();
  }

  @Override
  public void begin() {
    frame.clear();
  }

  @Override
  public boolean append(byte[] payload, int offset, int length) {
    if (!descriptor.wrap(payload, offset, length)
        || descriptor.startsFrame() != (frame.length() == 0)) {
      return false;
    }
    return frame.put(payload, offset + descriptor.size(), length - descriptor.size());
  }

  @Override
  public Outcome finish() {
    boolean whole = frame.length() > 0 && (!keyFrame() || validStartCode());
    return whole ? Outcome.FRAME : Outcome.BROKEN;
  }

  /** RFC 6386 §9.1: key frames carry 9d 01 2a. */
  private boolean validStartCode() {
    return frame.length() >= KEY_FRAME_HEADER
        && frame.at(3) == (byte) 0x9D
        && frame.at(4) == 0x01
        && frame.at(5) == 0x2A;
  }

  @Override
  public boolean keyFrame() {
    return frame.length() > 0 && (frame.at(0) & 1) == 0;
  }

  @Override
  public FrameBuffer frame() {
    return frame;
  }
}
