package dev.amphi.interactive.rtp.codec;

/** Width and height of a picture in one number, so that telling them allocates nothing. */
public final class PictureSize {
  /** No size is known. */
  public static final int UNKNOWN = 0;

  private static final int MAX = 0xFFFF;

  private PictureSize() {}

  /** The size in one number, or {@link #UNKNOWN} when a side is not 1 to 65,535. */
  static int of(int width, int height) {
    boolean sane = width > 0 && height > 0 && width <= MAX && height <= MAX;
    return sane ? width << 16 | height : UNKNOWN;
  }

  public static int width(int size) {
    return size >>> 16;
  }

  public static int height(int size) {
    return size & MAX;
  }

  /** How many pixels it has. */
  public static long area(int size) {
    return (long) width(size) * height(size);
  }
}
