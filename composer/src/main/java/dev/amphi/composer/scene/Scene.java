package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Canvas;
import java.util.List;

/**
 * Everything that the picture shows, from back to front; two equal scenes look the same.
 *
 * @param moving whether this is one instant of a transition, and another scene follows at once
 */
public record Scene(Canvas canvas, List<Tile> tiles, boolean moving) {
  /** Takes a copy of the tiles. */
  public Scene {
    tiles = List.copyOf(tiles);
  }

  /** A scene that stands. */
  public Scene(Canvas canvas, List<Tile> tiles) {
    this(canvas, tiles, false);
  }

  /**
   * Whether both stand, and nothing is elsewhere, comes or goes from one to the other: at most
   * words change.
   */
  public boolean standsAs(Scene other) {
    if (moving || other.moving || tiles.size() != other.tiles.size()) {
      return false;
    }
    for (int i = 0; i < tiles.size(); i++) {
      Tile a = tiles.get(i);
      Tile b = other.tiles.get(i);
      if (!a.shows(b) || !a.rect().equals(b.rect()) || a.opacity() != b.opacity()) {
        return false;
      }
    }
    return canvas.equals(other.canvas);
  }
}
