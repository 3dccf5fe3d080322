package dev.amphi.interactive.rtp.codec;

/** Finds the picture size in an H.264 sequence parameter set (H.264 §7.3.2.1.1). */
final class SequenceParameters {
  private static final int MAX_REFERENCE_CYCLE = 255;
  private static final int MACROBLOCK = 16;

  private final BitReader in = new BitReader();

  /** The size that a NAL unit of type SPS tells, or {@link PictureSize#UNKNOWN}. */
  int size(byte[] nal, int offset, int length) {
    if (length < 5) {
      return PictureSize.UNKNOWN;
    }
    in.wrapEscaped(nal, offset + 1, length - 1);
    int profile = in.bits(8);
    in.bits(16); // constraints and level
    in.unsigned(); // id
    int chroma = 1;
    if (high(profile)) {
      chroma = in.unsigned();
      if (chroma == 3) {
        in.bit();
      }
      in.unsigned(); // luma depth
      in.unsigned(); // chroma depth
      in.bit();
      if (in.flag()) {
        skipScalingLists(chroma == 3 ? 12 : 8);
      }
    }
    in.unsigned(); // log2_max_frame_num
    skipPictureOrder();
    in.unsigned(); // reference frames
    in.bit();
    int widthUnits = in.unsigned() + 1;
    int heightUnits = in.unsigned() + 1;
    int fields = in.flag() ? 1 : 2;
    if (fields == 2) {
      in.bit();
    }
    in.bit(); // direct_8x8_inference
    return cropped(widthUnits, heightUnits * fields, chroma, fields);
  }

  private int cropped(int widthUnits, int heightUnits, int chroma, int fields) {
    int width = widthUnits * MACROBLOCK;
    int height = heightUnits * MACROBLOCK;
    if (in.flag()) {
      int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
      int unitY = (chroma == 1 ? 2 : 1) * fields;
      width -= unitX * (in.unsigned() + in.unsigned());
      height -= unitY * (in.unsigned() + in.unsigned());
    }
    return in.overrun() ? PictureSize.UNKNOWN : PictureSize.of(width, height);
  }

  private void skipPictureOrder() {
    switch (in.unsigned()) {
      case 0 -> in.unsigned();
      case 1 -> {
        in.bit();
        in.signed();
        in.signed();
        int cycle = in.unsigned();
        for (int i = 0; i < Math.min(cycle, MAX_REFERENCE_CYCLE); i++) {
          in.signed();
        }
      }
      default -> {}
    }
  }

  private void skipScalingLists(int lists) {
    for (int list = 0; list < lists; list++) {
      if (in.flag()) {
        int next = 8;
        for (int i = 0; i < (list < 6 ? 16 : 64) && next != 0; i++) {
          next = (next + in.signed()) & 0xFF;
        }
      }
    }
  }

  private static boolean high(int profile) {
    return switch (profile) {
      case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
      default -> false;
    };
  }
}
