package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Rect;

/**
 * A name over the lower part of a tile: a plain band, or with a role below the name a lower third.
 *
 * @param text shown literally, whatever it is
 * @param role in words, or "" for a plain band
 * @param left how far from the tile's left edge, even pixels
 * @param above how far from the tile's lower edge, even pixels
 * @param height in pixels, even
 * @param maxWidth in pixels, even; longer text is cut with an ellipsis
 * @param presence how much of it is there, 0 to {@link Tile#OPAQUE}; less than that only while it
 *     comes or goes: a band fades, a lower third slides out from behind its bar
 */
public record Label(
    String text, String role, int left, int above, int height, int maxWidth, int presence) {
  /** A band in the tile's corner. */
  public Label(String text, int height, int maxWidth) {
    this(text, "", 0, 0, height, maxWidth, Tile.OPAQUE);
  }

  /** Whether somebody is introduced by it. */
  public boolean isLowerThird() {
    return !role.isEmpty();
  }

  /** The width of the bar at the left of a lower third, pixels, even. */
  public int bar() {
    return Math.max(2, Rect.even(height / 14));
  }

  /** Where it may be, at most, on a tile that stands there. */
  public Rect place(Rect tile) {
    return new Rect(tile.x() + left, tile.y() + tile.height() - above - height, maxWidth, height);
  }

  /** As much of it. */
  Label present(int level) {
    return new Label(text, role, left, above, height, maxWidth, level);
  }

  /** All of it. */
  public Label whole() {
    return present(Tile.OPAQUE);
  }
}
