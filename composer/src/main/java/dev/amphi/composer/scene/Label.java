package dev.amphi.composer.scene;

/**
 * A name over the lower part of a tile: a plain band, or with a role below the name a lower third.
 *
 * @param text shown literally, whatever it is
 * @param role in words, or "" for a plain band
 * @param left how far from the tile's left edge, even pixels
 * @param above how far from the tile's lower edge, even pixels
 * @param height in pixels, even
 * @param maxWidth in pixels, even; longer text is cut with an ellipsis
 * @param opacity 0 to {@link Tile#OPAQUE}; less than that only while it comes or goes
 */
public record Label(
    String text, String role, int left, int above, int height, int maxWidth, int opacity) {
  /** A band in the tile's corner. */
  public Label(String text, int height, int maxWidth) {
    this(text, "", 0, 0, height, maxWidth, Tile.OPAQUE);
  }

  /** Whether somebody is introduced by it. */
  public boolean isLowerThird() {
    return !role.isEmpty();
  }

  /** The same while it comes or goes. */
  Label faded(int level) {
    return new Label(text, role, left, above, height, maxWidth, level);
  }

  /** The same, wholly there. */
  public Label opaque() {
    return faded(Tile.OPAQUE);
  }
}
