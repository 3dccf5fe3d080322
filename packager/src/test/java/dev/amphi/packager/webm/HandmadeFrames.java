package dev.amphi.packager.webm;

import java.nio.ByteBuffer;

/** Key frames of which only the headers are right: what somebody may send who means no good. */
public final class HandmadeFrames {
  private static final int AV1_SIZE_BITS = 16;

  private HandmadeFrames() {}

  /** Of VP8 (RFC 6386 §9.1). */
  public static byte[] vp8(int width, int height) {
    return new byte[] {
      0,
      0,
      0,
      (byte) 0x9d,
      1,
      0x2a,
      (byte) width,
      (byte) (width >> 8),
      (byte) height,
      (byte) (height >> 8)
    };
  }

  /**
   * Of AV1: a temporal unit of one sequence header.
   *
   * @param bytes that its payload has; zeros fill it
   */
  public static byte[] av1(int width, int height, int bytes) {
    // seq_profile 0, still_picture, reduced_still_picture_header, level 0, both sizes in 16 bits.
    long head = 0b000_1_1_00000_1111_1111L;
    long sizes = ((long) (width - 1) << AV1_SIZE_BITS) | (height - 1);
    long bits = (head << (2 * AV1_SIZE_BITS)) | sizes;
    ByteBuffer out = ByteBuffer.allocate(5 + bytes);
    out.put((byte) 0x0a);
    for (int digit = 0; digit < 4; digit++) {
      out.put((byte) (((bytes >> (7 * digit)) & 0x7f) | (digit < 3 ? 0x80 : 0)));
    }
    out.putLong(bits << 14);
    return out.array();
  }

  /**
   * Of H.264 in 160 by 96.
   *
   * @param sps bytes that its sequence parameter set has more than it needs
   * @param pps the same of its picture parameter set
   */
  public static byte[] h264(int sps, int pps) {
    ByteBuffer out = ByteBuffer.allocate(4 + 7 + sps + 4 + 4 + pps + 4 + 2);
    out.putInt(1).put(new byte[] {0x67, 0x42, (byte) 0xc0, 0x1e, (byte) 0xdc, 0x28, (byte) 0xd9});
    fill(out, sps);
    out.putInt(1).put(new byte[] {0x68, (byte) 0xce, 0x3c, (byte) 0x80});
    fill(out, pps);
    return out.putInt(1).put(new byte[] {0x65, (byte) 0x88}).array();
  }

  private static void fill(ByteBuffer out, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.put((byte) 0x55);
    }
  }
}
