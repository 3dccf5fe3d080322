package dev.amphi.composer.api;

import java.util.List;

/**
 * What the program's picture goes to from an instant on, and where each tile stands when it has
 * come there.
 *
 * @param timeTicks when the move begins, in 1/90,000 s from the program's time zero; up to a fifth
 *     of a second later where scenes follow each other faster than that
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
