package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import java.util.Optional;

/** How large the names on tiles are and where they stand; exact geometry in layouts.md. */
final class Names {
  private final Canvas canvas;

  Names(Canvas canvas) {
    this.canvas = canvas;
  }

  /**
   * The band that always stays: a tenth of the tile's height, but of readable size, in the tile's
   * corner; on a tile that fills the canvas it is inside the title-safe area.
   */
  Optional<Label> band(String name, Rect tile) {
    int least = canvas.height() / 30;
    int height = Rect.even(Math.min(canvas.height() / 18, Math.max(least, tile.height() / 10)));
    if (name.isBlank() || height > tile.height() / 2) {
      return Optional.empty();
    }
    if (tile.equals(canvas.whole())) {
      Rect safe = canvas.titleSafe();
      return Optional.of(
          new Label(name, "", safe.x(), safe.y(), height, safe.width(), Tile.OPAQUE));
    }
    return Optional.of(new Label(name, height, Rect.even(tile.width())));
  }

  /**
   * Name and role for who has just come: in the lower half of the tile and inside the title-safe
   * area; empty where there is no room for it.
   */
  Optional<Label> lowerThird(String name, String role, Rect tile) {
    Rect safe = canvas.safeIn(tile);
    int left = safe.x();
    int bottom = safe.y() + safe.height();
    int room = bottom - Math.max(tile.y() + tile.height() / 2, canvas.titleSafe().y());
    int wanted = Math.max(canvas.height() / 15, tile.height() / 6);
    int height = Rect.even(Math.min(room, Math.min(canvas.height() / 8, wanted)));
    int width = safe.width();
    if (name.isBlank() || height < canvas.height() / 24 || width < canvas.width() / 16) {
      return Optional.empty();
    }
    int above = Rect.even(tile.y() + tile.height() - bottom);
    return Optional.of(new Label(name, role, left - tile.x(), above, height, width, Tile.OPAQUE));
  }
}
