package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Canvas;
import java.util.List;

/** Everything that the picture shows, from back to front; two equal scenes look the same. */
public record Scene(Canvas canvas, List<Tile> tiles) {
  /** Takes a copy of the tiles. */
  public Scene {
    tiles = List.copyOf(tiles);
  }
}
