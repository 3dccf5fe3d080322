package dev.amphi.interactive.rtp.codec;

import org.jspecify.annotations.Nullable;

/**
 * H.264 (RFC 6184, packetization-mode 1): single NAL units, STAP-A and FU-A become one access unit
 * in Annex B form. The remembered parameter sets go before an IDR that came without.
 */
public final class H264Depacketizer implements Depacketizer {
  private static final byte[] START_CODE = {0, 0, 0, 1};

  private final FrameBuffer frame = new FrameBuffer();
  private final ParameterSets parameterSets = new ParameterSets();
  private final ParameterSets arrived = new ParameterSets();
  private final SequenceParameters sequenceParameters = new SequenceParameters();
  private boolean fragmentOpen;
  private boolean idr;
  private boolean picture;
  private boolean hasSps;
  private boolean sendsBareIdr;

  /**
   * A key frame starts at its sequence parameter set; at the first slice of the IDR itself only
   * when this sender is known to send whole IDRs without. (Starting at any IDR would lose a
   * parameter set that is merely late.)
   */
  @Override
  public boolean startsKeyFrame(byte[] payload, int offset, int length) {
    return hasParameterSets(payload, offset, length)
        || (sendsBareIdr && startsIdr(payload, offset, length));
  }

  /** Whether a payload brings its key frame's sequence parameter set. */
  public static boolean hasParameterSets(byte[] payload, int offset, int length) {
    return NalUnit.find(payload, offset, length, NalUnit.SPS) >= 0;
  }

  /** H.264 §7.3.3: a slice header begins with first_mb_in_slice, whose 0 is one bit, 1. */
  private static boolean startsIdr(byte[] payload, int offset, int length) {
    int at = NalUnit.find(payload, offset, length, NalUnit.IDR);
    return at >= 0 && at + 1 < offset + length && (payload[at + 1] & 0x80) != 0;
  }

  @Override
  public void observe(byte[] payload, int offset, int length, boolean startsFrame) {
    arrived.observePayload(payload, offset, length);
    sendsBareIdr |=
        startsFrame
            && startsIdr(payload, offset, length)
            && !hasParameterSets(payload, offset, length);
  }

  @Override
  public byte @Nullable [] parameterSets() {
    return arrived.aggregate();
  }

  /** Any but the middle of a fragmented unit; the assembler knows the rest from the marker. */
  @Override
  public boolean startsFrame(byte[] payload, int offset, int length) {
    return length > 1
        && (NalUnit.type(payload[offset]) != NalUnit.FU_A
            || (payload[offset + 1] & NalUnit.FU_START) != 0);
  }

  @Override
  public int pictureSize(byte[] payload, int offset, int length) {
    int at = NalUnit.find(payload, offset, length, NalUnit.SPS);
    return at < 0
        ? PictureSize.UNKNOWN
        : sequenceParameters.size(payload, at, NalUnit.length(payload, offset, length, at));
  }

  @Override
  public void begin() {
    frame.clear();
    fragmentOpen = false;
    idr = false;
    picture = false;
    hasSps = false;
  }

  @Override
  public boolean append(byte[] payload, int offset, int length) {
    if (length < 2) {
      return false;
    }
    int type = NalUnit.type(payload[offset]);
    if (type == NalUnit.FU_A) {
      return appendFragment(payload, offset, length);
    }
    if (fragmentOpen) {
      return false;
    }
    if (type == NalUnit.STAP_A) {
      return appendAggregate(payload, offset, length);
    }
    return type >= NalUnit.SLICE
        && type <= NalUnit.LAST_SINGLE
        && appendUnit(payload, offset, length);
  }

  private boolean appendUnit(byte[] b, int offset, int length) {
    int type = NalUnit.type(b[offset]);
    note(type);
    parameterSets.observe(type, b, offset, length);
    return frame.put(START_CODE, 0, START_CODE.length) && frame.put(b, offset, length);
  }

  private void note(int type) {
    idr |= type == NalUnit.IDR;
    picture |= NalUnit.isPicture(type);
    hasSps |= type == NalUnit.SPS;
  }

  /** RFC 6184 §5.7.1: a list of sizes and NAL units. */
  private boolean appendAggregate(byte[] b, int offset, int length) {
    int end = offset + length;
    int at = offset + 1;
    while (at + 2 < end) {
      int size = NalUnit.size(b, at);
      at += 2;
      if (size == 0 || at + size > end || !appendUnit(b, at, size)) {
        return false;
      }
      at += size;
    }
    return at == end && at > offset + 1;
  }

  /** RFC 6184 §5.8: indicator, header, then a piece of the unit without its header byte. */
  private boolean appendFragment(byte[] b, int offset, int length) {
    int header = b[offset + 1];
    boolean start = (header & NalUnit.FU_START) != 0;
    if (length < 3 || start == fragmentOpen) {
      return false;
    }
    if (start) {
      fragmentOpen = true;
      note(NalUnit.type(header));
      int unitHeader = (b[offset] & 0xE0) | NalUnit.type(header);
      if (!frame.put(START_CODE, 0, START_CODE.length) || !frame.put(unitHeader)) {
        return false;
      }
    }
    if ((header & NalUnit.FU_END) != 0) {
      fragmentOpen = false;
    }
    return frame.put(b, offset + 2, length - 2);
  }

  @Override
  public Outcome finish() {
    if (fragmentOpen) {
      return Outcome.BROKEN;
    }
    if (!picture) {
      return Outcome.NO_PICTURE;
    }
    sendsBareIdr |= idr && !hasSps;
    boolean bare = idr && !hasSps && parameterSets.complete();
    return !bare || frame.prepend(parameterSets.bytes(), parameterSets.length())
        ? Outcome.FRAME
        : Outcome.BROKEN;
  }

  @Override
  public boolean keyFrame() {
    return idr;
  }

  @Override
  public FrameBuffer frame() {
    return frame;
  }
}
