package dev.amphi.interactive.rtp.codec;

/** VP9 (RFC 9628): the frames of all spatial layers of a picture, one behind the other. */
public final class Vp9Depacketizer implements Depacketizer {
  private final Vp9Descriptor descriptor = new Vp9Descriptor();
  private final FrameBuffer frame = new FrameBuffer();
  private boolean key;
  private boolean layerOpen;

  @Override
  public boolean startsKeyFrame(byte[] payload, int offset, int length) {
    return descriptor.wrap(payload, offset, length) && descriptor.startsKeyFrame();
  }

  /** The largest layer's size, from the scalability structure (RFC 9628 §4.2.1). */
  @Override
  public int pictureSize(byte[] payload, int offset, int length) {
    return descriptor.wrap(payload, offset, length) && descriptor.sized() > 0
        ? descriptor.size(descriptor.sized() - 1)
        : PictureSize.UNKNOWN;
  }

  @Override
  public boolean startsFrame(byte[] payload, int offset, int length) {
    return descriptor.wrap(payload, offset, length) && descriptor.startsFrame() && !dependsBelow();
  }

  /** Lower layers that no higher one depends on may have been left out on the way. */
  private boolean dependsBelow() {
    return descriptor.spatial() != 0 && descriptor.interLayer();
  }

  @Override
  public void begin() {
    frame.clear();
    key = false;
    layerOpen = false;
  }

  @Override
  public boolean append(byte[] payload, int offset, int length) {
    if (!descriptor.wrap(payload, offset, length) || descriptor.startsFrame() == layerOpen) {
      return false;
    }
    if (frame.length() == 0) {
      if (dependsBelow()) {
        return false; // the layer below is missing
      }
      key = descriptor.startsKeyFrame();
    }
    layerOpen = !descriptor.endsFrame();
    return frame.put(payload, offset + descriptor.size(), length - descriptor.size());
  }

  @Override
  public Outcome finish() {
    return frame.length() > 0 && !layerOpen ? Outcome.FRAME : Outcome.BROKEN;
  }

  @Override
  public boolean keyFrame() {
    return key;
  }

  @Override
  public FrameBuffer frame() {
    return frame;
  }
}
