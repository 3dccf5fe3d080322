package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;

/**
 * Keeps the picture id and TL0PICIDX (RFC 7741 §4.2) running on when the source changes. Ids of
 * seven bits are widened to fifteen, so that the width never changes.
 */
final class Vp8Continuity {
  private static final int WIDE = 1 << 15;
  private static final int NARROW = 1 << 7;
  private static final int MAX_DESCRIPTOR = 8;

  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final byte[] rewritten = new byte[MAX_DESCRIPTOR];
  private boolean everStarted;
  private boolean starting;
  private int highestIn;
  private int highestPictureId;
  private int pictureIdShift;
  private int highestTl0;
  private int tl0Shift;

  /** The next packet is the first of another source. */
  void start() {
    starting = true;
  }

  /** Adds a payload to a packet with its ids rewritten; false when it does not fit. */
  boolean append(RtpPacket out, byte[] b, int offset, int length) {
    if (!descriptor.wrap(b, offset, length) || descriptor.size() >= MAX_DESCRIPTOR) {
      return out.appendPayload(b, offset, length);
    }
    if (starting) {
      begin();
    }
    int size = rewrite(b, offset);
    int rest = descriptor.size();
    return out.appendPayload(rewritten, 0, size)
        && out.appendPayload(b, offset + rest, length - rest);
  }

  private void begin() {
    starting = false;
    highestIn = descriptor.pictureId();
    pictureIdShift = everStarted ? highestPictureId + 1 - highestIn : 0;
    tl0Shift = everStarted ? highestTl0 + 1 - descriptor.tl0() : 0;
    highestPictureId = highestIn + pictureIdShift;
    highestTl0 = descriptor.tl0() + tl0Shift;
    everStarted = true;
  }

  private int rewrite(byte[] b, int offset) {
    System.arraycopy(b, offset, rewritten, 0, descriptor.size());
    int size = descriptor.size();
    int tl0At = descriptor.tl0At() - offset;
    if (descriptor.pictureIdBits() > 0) {
      int at = descriptor.pictureIdAt() - offset;
      if (descriptor.pictureIdBits() == 7) {
        System.arraycopy(rewritten, at + 1, rewritten, at + 2, size - at - 1);
        size++;
        tl0At++;
      }
      int id = pictureId() & (WIDE - 1);
      rewritten[at] = (byte) (0x80 | id >> 8);
      rewritten[at + 1] = (byte) id;
    }
    if (descriptor.tl0At() >= 0) {
      rewritten[tl0At] = (byte) tl0();
    }
    return size;
  }

  /** The picture id to send: the source's, unwrapped by its width, shifted. */
  private int pictureId() {
    int modulus = descriptor.pictureIdBits() == 7 ? NARROW : WIDE;
    int distance = Math.floorMod(descriptor.pictureId() - highestIn, modulus);
    int in = highestIn + (distance < modulus / 2 ? distance : distance - modulus);
    highestIn = Math.max(highestIn, in);
    highestPictureId = Math.max(highestPictureId, in + pictureIdShift);
    return in + pictureIdShift;
  }

  private int tl0() {
    int out = descriptor.tl0() + tl0Shift;
    if ((byte) (out - highestTl0) > 0) {
      highestTl0 = out;
    }
    return out;
  }
}
