package dev.amphi.composer.scene;

/**
 * A dark band at a tile's lower left with a name on it.
 *
 * @param text shown literally, whatever it is
 * @param height of the band in pixels, even
 * @param maxWidth of the band in pixels, even; longer text is cut with an ellipsis
 * @param opacity 0 to {@link Tile#OPAQUE}; less than that only while it comes or goes
 */
public record Label(String text, int height, int maxWidth, int opacity) {
  /** A band that is wholly there. */
  public Label(String text, int height, int maxWidth) {
    this(text, height, maxWidth, Tile.OPAQUE);
  }

  /** The same while it comes or goes. */
  Label faded(int level) {
    return new Label(text, height, maxWidth, level);
  }

  /** The same, wholly there: as it is to be drawn. */
  public Label opaque() {
    return faded(Tile.OPAQUE);
  }
}
