package dev.amphi.interactive.rtp.codec;

/**
 * AV1 (AOM "RTP Payload Format For AV1" 1.0): the OBUs of one temporal unit, all spatial layers
 * together, as decoders want them (AV1 §5.2): a temporal delimiter first, then each with its size.
 */
public final class Av1Depacketizer implements Depacketizer {
  private static final byte[] DELIMITER = {0x12, 0};
  private static final int MAX_WIDTH = 5;

  private final Av1Payload elements = new Av1Payload();
  private final Av1SequenceHeader sequenceHeader = new Av1SequenceHeader();
  private final FrameBuffer frame = new FrameBuffer();
  private final byte[] size = new byte[MAX_WIDTH];
  private boolean key;
  private boolean open;
  private boolean picture;
  private int obuAt;

  /** §4.4: N, and the sequence header that has to be there. */
  @Override
  public boolean startsKeyFrame(byte[] payload, int offset, int length) {
    return elements.wrap(payload, offset, length)
        && elements.startsSequence()
        && !elements.continues()
        && findSequenceHeader();
  }

  private boolean findSequenceHeader() {
    while (elements.next()) {
      if (elements.elementLength() > 0
          && ObuHeader.type(elements.firstByte()) == ObuHeader.SEQUENCE_HEADER) {
        return true;
      }
    }
    return false;
  }

  /** The largest layer's size. */
  @Override
  public int pictureSize(byte[] payload, int offset, int length) {
    return startsKeyFrame(payload, offset, length)
        ? sequenceHeader.size(payload, elements.elementAt(), elements.elementLength())
        : PictureSize.UNKNOWN;
  }

  @Override
  public boolean startsFrame(byte[] payload, int offset, int length) {
    return elements.wrap(payload, offset, length) && !elements.continues();
  }

  @Override
  public void begin() {
    frame.clear();
    key = false;
    open = false;
    picture = false;
  }

  @Override
  public boolean append(byte[] payload, int offset, int length) {
    if (frame.length() == 0) {
      key = startsKeyFrame(payload, offset, length);
      frame.put(DELIMITER, 0, DELIMITER.length);
    }
    if (!elements.wrap(payload, offset, length) || elements.continues() != open) {
      return false;
    }
    while (elements.next()) {
      obuAt = open ? obuAt : frame.length();
      open = elements.last() && elements.isContinued();
      if (!frame.put(payload, elements.elementAt(), elements.elementLength())
          || (!open && !close())) {
        return false;
      }
    }
    return !elements.malformed();
  }

  /** The OBU in work is whole: gives it its size, or takes it out when decoders must not see it. */
  private boolean close() {
    int length = frame.length() - obuAt;
    if (length == 0) {
      return true;
    }
    int first = frame.at(obuAt);
    int header = ObuHeader.length(first);
    if (!ObuHeader.valid(first) || header > length) {
      return false;
    }
    int type = ObuHeader.type(first);
    if (!ObuHeader.decoded(type)) {
      frame.truncate(obuAt);
      return true;
    }
    picture |= ObuHeader.picture(type);
    if (ObuHeader.hasSize(first)) {
      return frame.endAt(obuAt + header);
    }
    int rest = length - header;
    Leb128.write(size, 0, rest);
    frame.set(obuAt, first | ObuHeader.HAS_SIZE);
    return frame.insert(obuAt + header, size, Leb128.width(rest));
  }

  @Override
  public Outcome finish() {
    if (open) {
      return Outcome.BROKEN;
    }
    return picture ? Outcome.FRAME : Outcome.NO_PICTURE;
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
