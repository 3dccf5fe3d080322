package dev.amphi.composer.api;

import java.util.List;

/**
 * What the program's picture shows from an instant on, once every tile stands.
 *
 * @param timeTicks in 1/90,000 s from the program's time zero
 * @param layout the layout's name, or "" for a slate
 * @param tiles from back to front; at most {@link #MOST_TILES}
 */
public record ShownScene(long timeTicks, String layout, List<Tile> tiles) {
  /** No scene has more tiles. */
  public static final int MOST_TILES = 64;

  /** What a tile shows. */
  public enum Kind {
    CAMERA,
    INITIALS,
    SHARE,
    SLATE
  }

  /**
   * One tile, in pixels of the canvas.
   *
   * @param participantId whose it is; "" for a slate
   */
  public record Tile(Kind kind, String participantId, int x, int y, int width, int height) {}

  /** Takes a copy of the tiles. */
  public ShownScene {
    tiles = List.copyOf(tiles);
  }
}
