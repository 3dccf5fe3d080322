package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.PictureDescriptor;

/**
 * The picture id and TL0PICIDX of VP8 (RFC 7741 §4.2) and VP9 (RFC 9628 §4.2), which look the same:
 * they run on when the source changes. Ids of seven bits are widened to fifteen, so that the width
 * never changes.
 */
final class PictureIds {
  /** A packet that goes out as it is. */
  static final long PLAIN = -1;

  /** Longer descriptors go out as they are. */
  static final int MAX_DESCRIPTOR = 64;

  private static final int TL0_BITS = 8;
  private static final int WIDE = 1 << 15;
  private static final int NARROW = 1 << 7;

  private boolean everStarted;
  private int shift;
  private int highest;
  private int highestTl0;
  private int tl0Shift;

  /** The first picture of another source. */
  void start(int pictureId, int tl0) {
    shift = everStarted ? highest + 1 - pictureId : 0;
    tl0Shift = everStarted ? highestTl0 + 1 - tl0 : 0;
    highest = pictureId + shift;
    highestTl0 = tl0 + tl0Shift;
    everStarted = true;
  }

  /** A picture id of the source, unwrapped by its width to the value nearest to the highest. */
  static long unwrap(int pictureId, int bits, long highest) {
    int modulus = bits == 7 ? NARROW : WIDE;
    int distance = Math.floorMod(pictureId - (int) highest, modulus);
    return highest + (distance < modulus / 2 ? distance : distance - modulus);
  }

  /**
   * The ids to send a packet with, in one number.
   *
   * @param place of its picture among the source's; without meaning when it has no picture id
   */
  long give(long place, PictureDescriptor descriptor) {
    int id = 0;
    if (descriptor.pictureIdAt() >= 0) {
      id = (int) place + shift;
      highest = Math.max(highest, id);
    }
    int tl0 = descriptor.tl0At() < 0 ? 0 : outTl0(descriptor.tl0());
    return (long) (id & (WIDE - 1)) << TL0_BITS | (tl0 & 0xFF);
  }

  private int outTl0(int tl0) {
    int out = tl0 + tl0Shift;
    if ((byte) (out - highestTl0) > 0) {
      highestTl0 = out;
    }
    return out;
  }

  /**
   * Adds a packet's payload with its ids rewritten; false when it does not fit.
   *
   * @param descriptor to read the packet with
   * @param given what {@link #give} said, or {@link #PLAIN}
   */
  static boolean append(RtpPacket to, RtpPacket packet, PictureDescriptor descriptor, long given) {
    byte[] b = packet.buffer();
    int offset = packet.payloadOffset();
    int length = packet.payloadLength();
    int end = to.offset() + to.length();
    if (given == PLAIN || !descriptor.wrap(b, offset, length)) {
      return to.appendPayload(b, offset, length);
    }
    int idAt = descriptor.pictureIdAt();
    int wider = descriptor.pictureIdBits() == 7 ? 1 : 0;
    int head = wider == 0 ? 0 : idAt - offset + 1;
    boolean fits =
        to.appendPayload(b, offset, head)
            && (wider == 0 || to.appendPayload(b, offset + head - 1, 1))
            && to.appendPayload(b, offset + head, length - head);
    if (!fits) {
      return false;
    }
    byte[] out = to.buffer();
    if (idAt >= 0) {
      int id = (int) (given >> TL0_BITS);
      out[end + idAt - offset] = (byte) (0x80 | id >> 8);
      out[end + idAt - offset + 1] = (byte) id;
    }
    if (descriptor.tl0At() >= 0) {
      out[end + descriptor.tl0At() - offset + wider] = (byte) given;
    }
    return true;
  }
}
