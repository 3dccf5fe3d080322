package dev.amphi.interactive.rtp.codec;

/**
 * A view of the VP8 payload descriptor (RFC 7741 §4.2).
 *
 * <pre>
 *      0 1 2 3 4 5 6 7
 *     |X|R|N|S|R| PID |
 *  X: |I|L|T|K| RSV   |
 *  I: |M| PictureID   | (and a second byte when M)
 *  L: |   TL0PICIDX   |
 * T/K:|TID|Y| KEYIDX  |
 * </pre>
 */
public final class Vp8Descriptor implements PictureDescriptor {
  private int size;
  private boolean startsPartition;
  private int partition;
  private int pictureIdAt;
  private int pictureIdBits;
  private int pictureId;
  private int tl0At;
  private int tl0;
  private int temporal;
  private boolean sync;

  /** Reads the descriptor of a payload; false when it is cut short or nothing follows it. */
  @Override
  public boolean wrap(byte[] b, int offset, int length) {
    int end = offset + length;
    pictureIdBits = 0;
    pictureIdAt = -1;
    tl0At = -1;
    temporal = 0;
    sync = false;
    if (length < 2) {
      return false;
    }
    startsPartition = (b[offset] & 0x10) != 0;
    partition = b[offset] & 0x07;
    int at = offset + 1;
    if ((b[offset] & 0x80) != 0) {
      at = readExtension(b, at, end);
    }
    size = at - offset;
    return at < end && at > 0;
  }

  /** Returns where the frame's bytes start, or {@code end} when the descriptor is cut short. */
  private int readExtension(byte[] b, int start, int end) {
    int flags = b[start];
    int at = start + 1;
    if ((flags & 0x80) != 0) {
      if (at >= end || ((b[at] & 0x80) != 0 && at + 1 >= end)) {
        return end;
      }
      pictureIdAt = at;
      if ((b[at] & 0x80) != 0) {
        pictureIdBits = 15;
        pictureId = (b[at] & 0x7F) << 8 | (b[at + 1] & 0xFF);
        at += 2;
      } else {
        pictureIdBits = 7;
        pictureId = b[at] & 0x7F;
        at++;
      }
    }
    if ((flags & 0x40) != 0) {
      if (at >= end) {
        return end;
      }
      tl0At = at;
      tl0 = b[at] & 0xFF;
      at++;
    }
    if ((flags & 0x30) != 0) {
      if (at >= end) {
        return end;
      }
      if ((flags & 0x20) != 0) {
        temporal = (b[at] & 0xC0) >> 6;
        sync = (b[at] & 0x20) != 0;
      }
      at++;
    }
    return Math.min(at, end);
  }

  /** Bytes of the descriptor. */
  @Override
  public int size() {
    return size;
  }

  /** Whether the payload begins a frame. */
  public boolean startsFrame() {
    return startsPartition && partition == 0;
  }

  /** Whether the payload begins a key frame: the P bit of the frame's first byte (§4.3) is 0. */
  public boolean startsKeyFrame(byte[] b, int offset) {
    return startsFrame() && (b[offset + size] & 1) == 0;
  }

  /** Width of the picture id: 0 when there is none, 7 or 15. */
  @Override
  public int pictureIdBits() {
    return pictureIdBits;
  }

  /** Where the picture id is, or -1. */
  @Override
  public int pictureIdAt() {
    return pictureIdAt;
  }

  @Override
  public int pictureId() {
    return pictureId;
  }

  /** Where TL0PICIDX is, or -1. */
  @Override
  public int tl0At() {
    return tl0At;
  }

  @Override
  public int tl0() {
    return tl0;
  }

  /** The temporal layer, TID; 0 when there is none. */
  public int temporal() {
    return temporal;
  }

  /**
   * Whether the picture depends on the base layer only, Y: decoding can go up to its layer here.
   */
  public boolean sync() {
    return sync;
  }
}
