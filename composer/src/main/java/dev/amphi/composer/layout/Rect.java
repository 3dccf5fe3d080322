package dev.amphi.composer.layout;

/** A rectangle in pixels; place and size are even, as 4:2:0 chroma wants it. */
public record Rect(int x, int y, int width, int height) {
  /** The next even number that is not larger. */
  public static int even(int value) {
    return value & ~1;
  }

  /** Whether the two have a pixel in common. */
  public boolean overlaps(Rect other) {
    return x < other.x + other.width
        && other.x < x + width
        && y < other.y + other.height
        && other.y < y + height;
  }

  /** What of this lies on a canvas of that size; empty (0×0 at 0,0) when nothing does. */
  public Rect within(int canvasWidth, int canvasHeight) {
    int left = Math.max(0, x);
    int top = Math.max(0, y);
    int right = Math.min(canvasWidth, x + width);
    int bottom = Math.min(canvasHeight, y + height);
    return left < right && top < bottom
        ? new Rect(left, top, right - left, bottom - top)
        : new Rect(0, 0, 0, 0);
  }

  /** The smallest that has both in it. */
  public Rect around(Rect other) {
    int left = Math.min(x, other.x);
    int top = Math.min(y, other.y);
    int right = Math.max(x + width, other.x + other.width);
    int bottom = Math.max(y + height, other.y + other.height);
    return new Rect(left, top, right - left, bottom - top);
  }

  /** Whether all of another one lies in this. */
  public boolean contains(Rect other) {
    return x <= other.x
        && y <= other.y
        && other.x + other.width <= x + width
        && other.y + other.height <= y + height;
  }

  /**
   * The largest rectangle of a picture's shape in the middle of this one, so that the whole picture
   * is seen (letterbox).
   */
  public Rect contain(int pictureWidth, int pictureHeight) {
    int w = width;
    int h = height;
    if ((long) pictureWidth * height > (long) pictureHeight * width) {
      h = Math.max(2, even((int) ((long) width * pictureHeight / pictureWidth)));
    } else {
      w = Math.max(2, even((int) ((long) height * pictureWidth / pictureHeight)));
    }
    return new Rect(x + even((width - w) / 2), y + even((height - h) / 2), w, h);
  }

  /** Whether less than half of a picture would be seen if it covered this. */
  public boolean coverWastes(int pictureWidth, int pictureHeight) {
    Rect part = cover(pictureWidth, pictureHeight);
    return 2L * part.width * part.height < (long) pictureWidth * pictureHeight;
  }

  /** The largest part in the middle of a picture that has this rectangle's shape (cover, crop). */
  public Rect cover(int pictureWidth, int pictureHeight) {
    int w = pictureWidth;
    int h = pictureHeight;
    if ((long) pictureWidth * height > (long) pictureHeight * width) {
      w = Math.max(2, even((int) ((long) pictureHeight * width / height)));
    } else {
      h = Math.max(2, even((int) ((long) pictureWidth * height / width)));
    }
    w = Math.min(w, pictureWidth);
    h = Math.min(h, pictureHeight);
    return new Rect(even((pictureWidth - w) / 2), even((pictureHeight - h) / 2), w, h);
  }

  /**
   * Where this part of a picture is seen when all of it is scaled into a place.
   *
   * @param reach how far around it a change may be seen, in the picture's pixels; further where the
   *     picture is made much smaller, because each pixel is then of more of them
   * @return an even rectangle inside of the place
   */
  public Rect scaled(int pictureWidth, int pictureHeight, Rect place, int reach) {
    int across = Math.ceilDiv(pictureWidth, Math.max(1, place.width));
    int down = Math.ceilDiv(pictureHeight, Math.max(1, place.height));
    return reached(
        pictureWidth, pictureHeight, place, Math.max(reach, 4 * Math.max(across, down) + 2));
  }

  private Rect reached(int pictureWidth, int pictureHeight, Rect place, int reach) {
    int left = even((int) ((long) Math.max(0, x - reach) * place.width / pictureWidth));
    int top = even((int) ((long) Math.max(0, y - reach) * place.height / pictureHeight));
    long farX = Math.min(pictureWidth, x + width + reach);
    long farY = Math.min(pictureHeight, y + height + reach);
    int right = Math.min(place.width, even((int) (farX * place.width / pictureWidth + 3)));
    int bottom = Math.min(place.height, even((int) (farY * place.height / pictureHeight + 3)));
    return new Rect(place.x + left, place.y + top, right - left, bottom - top);
  }
}
