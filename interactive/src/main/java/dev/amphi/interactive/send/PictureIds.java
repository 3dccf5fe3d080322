package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;

/**
 * The picture id and TL0PICIDX of VP8 (RFC 7741 §4.2) and VP9 (RFC 9628 §4.2), which look the same:
 * they run on when the source changes. Ids of seven bits are widened to fifteen, so that the width
 * never changes.
 */
final class PictureIds {
  /** Longer descriptors go out as they are. */
  static final int MAX_DESCRIPTOR = 64;

  private static final int WIDE = 1 << 15;
  private static final int NARROW = 1 << 7;

  private final byte[] rewritten = new byte[MAX_DESCRIPTOR + 1];
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

  /** The id to send a picture with, for its place among the source's. */
  int out(long place) {
    int out = (int) place + shift;
    highest = Math.max(highest, out);
    return out;
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
   * @param size of the descriptor
   * @param idAt where the picture id is, or -1
   * @param bits its width
   * @param out the id to write, unwrapped
   * @param tl0At where TL0PICIDX is, or -1
   */
  boolean append(
      RtpPacket to, RtpPacket packet, int size, int idAt, int bits, int out, int tl0At, int tl0) {
    byte[] b = packet.buffer();
    int offset = packet.payloadOffset();
    int wider = 0;
    System.arraycopy(b, offset, rewritten, 0, size);
    if (idAt >= 0) {
      int at = idAt - offset;
      if (bits == 7) {
        System.arraycopy(rewritten, at + 1, rewritten, at + 2, size - at - 1);
        wider = 1;
      }
      int id = out & (WIDE - 1);
      rewritten[at] = (byte) (0x80 | id >> 8);
      rewritten[at + 1] = (byte) id;
    }
    if (tl0At >= 0) {
      rewritten[tl0At - offset + wider] = (byte) outTl0(tl0);
    }
    return to.appendPayload(rewritten, 0, size + wider)
        && to.appendPayload(b, offset + size, packet.payloadLength() - size);
  }
}
