package dev.amphi.composer.layout;

/** The program's picture, on which members are placed; width and height are even pixels. */
public record Canvas(int width, int height) {
  /** Refuses a canvas that no 4:2:0 picture can have. */
  public Canvas {
    if (width < 160 || height < 90 || width % 2 != 0 || height % 2 != 0) {
      throw new IllegalArgumentException(
          "A canvas is at least 160×90 with even sides; this one is %d×%d"
              .formatted(width, height));
    }
  }

  /** The space between tiles and around them: a ninetieth of the height, 8 at 720. */
  int gap() {
    return Math.max(2, Rect.even(height / 90));
  }

  /** Where words may stand, so that no screen's frame hides them: 5 % are free at each edge. */
  public Rect titleSafe() {
    int x = Rect.even(width / 20);
    int y = Rect.even(height / 20);
    return new Rect(x, y, width - 2 * x, height - 2 * y);
  }

  /**
   * Where words and marks may stand in a tile: title-safe, and a twentieth of the tile's height
   * from its left, right and lower edge; from the upper one too.
   */
  public Rect safeIn(Rect tile) {
    Rect safe = titleSafe();
    int inset = Rect.even(tile.height() / 20);
    int left = Math.max(tile.x() + inset, safe.x());
    int top = Math.max(tile.y() + inset, safe.y());
    int right = Math.min(tile.x() + tile.width() - inset, safe.x() + safe.width());
    int bottom = Math.min(tile.y() + tile.height() - inset, safe.y() + safe.height());
    return new Rect(left, top, Rect.even(right - left), Rect.even(bottom - top));
  }

  /** A place with the space that there is between tiles around it. */
  public Rect gapAround(Rect place) {
    int gap = gap();
    return new Rect(
        place.x() - gap, place.y() - gap, place.width() + 2 * gap, place.height() + 2 * gap);
  }

  /** All of it. */
  public Rect whole() {
    return new Rect(0, 0, width, height);
  }
}
