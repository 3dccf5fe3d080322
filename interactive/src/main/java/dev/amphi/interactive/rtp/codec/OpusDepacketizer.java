package dev.amphi.interactive.rtp.codec;

/** Opus (RFC 7587 §4.2): each packet is one frame. */
public final class OpusDepacketizer implements Depacketizer {
  private final FrameBuffer frame = new FrameBuffer();

  @Override
  public boolean startsKeyFrame(byte[] payload, int offset, int length) {
    return true;
  }

  @Override
  public int pictureSize(byte[] payload, int offset, int length) {
    return PictureSize.UNKNOWN;
  }

  @Override
  public boolean startsFrame(byte[] payload, int offset, int length) {
    return true;
  }

  @Override
  public void begin() {
    frame.clear();
  }

  @Override
  public boolean append(byte[] payload, int offset, int length) {
    return frame.length() == 0 && length > 0 && frame.put(payload, offset, length);
  }

  @Override
  public Outcome finish() {
    return frame.length() > 0 ? Outcome.FRAME : Outcome.BROKEN;
  }

  @Override
  public boolean keyFrame() {
    return true;
  }

  @Override
  public FrameBuffer frame() {
    return frame;
  }
}
