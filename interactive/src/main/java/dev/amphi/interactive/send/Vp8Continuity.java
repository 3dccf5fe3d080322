package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;

/**
 * VP8 (RFC 7741 §4.2): picture id and TL0PICIDX run on when the source changes, and pictures of
 * temporal layers that are not wanted are left out without a hole in the ids. A layer comes back at
 * a picture that depends on the base layer only (the Y bit), one layer at a time. Ids of seven bits
 * are widened to fifteen, so that the width never changes.
 */
final class Vp8Continuity implements Continuity {
  private static final int WIDE = 1 << 15;
  private static final int NARROW = 1 << 7;
  private static final int MAX_DESCRIPTOR = 8;
  private static final int REMEMBERED = 128;

  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final byte[] rewritten = new byte[MAX_DESCRIPTOR];
  private final ShiftRing pictures = new ShiftRing(REMEMBERED);
  private boolean everStarted;
  private boolean starting;
  private boolean plain;
  private int target = Integer.MAX_VALUE;
  private int current = Integer.MAX_VALUE;
  private int sourceShift;
  private int pictureId;
  private int highestPictureId;
  private int highestTl0;
  private int tl0Shift;

  @Override
  public void start() {
    starting = true;
  }

  @Override
  public void target(int spatial, int temporal) {
    target = temporal;
  }

  @Override
  public boolean take(RtpPacket packet) {
    byte[] b = packet.buffer();
    plain =
        !descriptor.wrap(b, packet.payloadOffset(), packet.payloadLength())
            || descriptor.size() >= MAX_DESCRIPTOR;
    if (plain) {
      return true;
    }
    if (starting) {
      begin();
    }
    if (descriptor.pictureIdBits() == 0) {
      return true;
    }
    long in = unwrapped();
    if (in > pictures.highest() && !passes()) {
      pictures.leaveOut(in);
      return false;
    }
    long place = pictures.take(in);
    if (place == ShiftRing.LEFT_OUT) {
      return false;
    }
    pictureId = (int) place + sourceShift;
    highestPictureId = Math.max(highestPictureId, pictureId);
    return true;
  }

  private void begin() {
    starting = false;
    current = target;
    pictures.start(descriptor.pictureId());
    sourceShift = everStarted ? highestPictureId + 1 - descriptor.pictureId() : 0;
    tl0Shift = everStarted ? highestTl0 + 1 - descriptor.tl0() : 0;
    highestPictureId = descriptor.pictureId() + sourceShift;
    highestTl0 = descriptor.tl0() + tl0Shift;
    everStarted = true;
  }

  /** Whether a new picture passes; looks at its layer and follows the target where it may. */
  private boolean passes() {
    int layer = descriptor.temporal();
    if (target < current) {
      current = target;
    } else if (layer == current + 1 && layer <= target && descriptor.sync()) {
      current = layer;
    }
    return layer <= current;
  }

  /** The source's picture id, unwrapped by its width. */
  private long unwrapped() {
    int modulus = descriptor.pictureIdBits() == 7 ? NARROW : WIDE;
    long highest = pictures.highest();
    int distance = Math.floorMod(descriptor.pictureId() - (int) highest, modulus);
    return highest + (distance < modulus / 2 ? distance : distance - modulus);
  }

  @Override
  public boolean append(RtpPacket out, RtpPacket packet) {
    byte[] b = packet.buffer();
    int at = packet.payloadOffset();
    int length = packet.payloadLength();
    if (plain) {
      return out.appendPayload(b, at, length);
    }
    int size = rewrite(b, at);
    int rest = descriptor.size();
    return out.appendPayload(rewritten, 0, size) && out.appendPayload(b, at + rest, length - rest);
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
      int id = pictureId & (WIDE - 1);
      rewritten[at] = (byte) (0x80 | id >> 8);
      rewritten[at + 1] = (byte) id;
    }
    if (descriptor.tl0At() >= 0) {
      rewritten[tl0At] = (byte) tl0();
    }
    return size;
  }

  private int tl0() {
    int out = descriptor.tl0() + tl0Shift;
    if ((byte) (out - highestTl0) > 0) {
      highestTl0 = out;
    }
    return out;
  }
}
