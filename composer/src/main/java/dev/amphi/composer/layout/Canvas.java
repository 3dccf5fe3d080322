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

  /** All of it. */
  public Rect whole() {
    return new Rect(0, 0, width, height);
  }
}
