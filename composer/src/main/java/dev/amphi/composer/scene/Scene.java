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
}
