package dev.amphi.server.load.source;

/** A colour as BT.601 limited-range luma and chroma, 0–255 each. */
record Yuv(int luma, int cb, int cr) {
  static final Yuv BLACK = new Yuv(16, 128, 128);
  static final Yuv WHITE = new Yuv(235, 128, 128);

  /** Converts 0xRRGGBB (ITU-R BT.601-7 §2.5). */
  static Yuv rgb(int rgb) {
    double red = (rgb >> 16 & 0xff) / 255.0;
    double green = (rgb >> 8 & 0xff) / 255.0;
    double blue = (rgb & 0xff) / 255.0;
    double luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    return new Yuv(
        (int) Math.round(16 + 219 * luma),
        (int) Math.round(128 + 224 * (blue - luma) / 1.772),
        (int) Math.round(128 + 224 * (red - luma) / 1.402));
  }

  /** This colour with some of another in it: 0 gives this, 1 the other. */
  Yuv mixed(Yuv other, double share) {
    return new Yuv(
        blend(luma, other.luma, share), blend(cb, other.cb, share), blend(cr, other.cr, share));
  }

  private static int blend(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }
}
