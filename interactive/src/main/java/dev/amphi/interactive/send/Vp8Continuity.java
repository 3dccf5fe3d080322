package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.Vp8Descriptor;

/**
 * VP8 (RFC 7741): picture ids run on when the source changes, and pictures of temporal layers that
 * are not wanted are left out without a hole in the ids. A layer comes back at a picture that
 * depends on the base layer only (the Y bit), one layer at a time.
 */
final class Vp8Continuity implements Continuity {
  private static final int REMEMBERED = 128;

  private final Vp8Descriptor descriptor = new Vp8Descriptor();
  private final PictureIds ids = new PictureIds();
  private final ShiftRing pictures = new ShiftRing(REMEMBERED);
  private boolean starting;
  private boolean plain;
  private int target = Integer.MAX_VALUE;
  private int current = Integer.MAX_VALUE;
  private long given;

  @Override
  public void start() {
    starting = true;
  }

  @Override
  public void target(int spatial, int temporal) {
    target = temporal;
  }

  @Override
  public boolean needsKeyFrame() {
    return false;
  }

  @Override
  public boolean take(RtpPacket packet) {
    plain =
        !descriptor.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength())
            || descriptor.size() > PictureIds.MAX_DESCRIPTOR;
    if (plain) {
      return true;
    }
    if (starting) {
      starting = false;
      current = target;
      pictures.start(descriptor.pictureId());
      ids.start(descriptor.pictureId(), descriptor.tl0());
    }
    if (descriptor.pictureIdBits() == 0) {
      given = ids.give(0, descriptor);
      return true;
    }
    long in =
        PictureIds.unwrap(descriptor.pictureId(), descriptor.pictureIdBits(), pictures.highest());
    if (in > pictures.highest() && !passes()) {
      pictures.leaveOut(in);
      return false;
    }
    long place = pictures.take(in);
    if (place == ShiftRing.LEFT_OUT) {
      return false;
    }
    given = ids.give(place, descriptor);
    return true;
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

  @Override
  public boolean marker(RtpPacket packet) {
    return packet.marker();
  }

  @Override
  public long given() {
    return plain ? PictureIds.PLAIN : given;
  }

  @Override
  public boolean append(RtpPacket out, RtpPacket packet, long given) {
    return PictureIds.append(out, packet, descriptor, given);
  }
}
