package dev.amphi.composer.scene;

import dev.amphi.composer.api.ShownScene;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which scenes follow each other, for the class's timeline: where the tiles stand when
 * they stand, five times a second at most.
 */
final class SceneNotes {
  private static final long LEAST_TICKS = 18_000;

  private @Nullable Scene looked;
  private String layout = "";
  private @Nullable ShownScene told;
  private boolean fresh;

  /** Hears what is wanted now. */
  void wanted(String layoutId, Scene scene) {
    if (!layoutId.equals(layout) || !scene.equals(looked)) {
      layout = layoutId;
      looked = scene;
      fresh = true;
    }
  }

  /** The scene from now on, if it is another one than was told last. */
  Optional<ShownScene> news(long timeTicks) {
    ShownScene last = told;
    Scene scene = looked;
    if (!fresh || scene == null || (last != null && timeTicks - last.timeTicks() < LEAST_TICKS)) {
      return Optional.empty();
    }
    fresh = false;
    List<ShownScene.Tile> tiles =
        scene.tiles().stream().limit(ShownScene.MOST_TILES).map(SceneNotes::note).toList();
    if (last != null && last.layout().equals(layout) && last.tiles().equals(tiles)) {
      return Optional.empty(); // only words have changed
    }
    ShownScene next = new ShownScene(timeTicks, layout, tiles);
    told = next;
    return Optional.of(next);
  }

  private static ShownScene.Tile note(Tile tile) {
    ShownScene.Kind kind =
        switch (tile.content()) {
          case Content.Video video ->
              video.contain() ? ShownScene.Kind.SHARE : ShownScene.Kind.CAMERA;
          case Content.Initials initials -> ShownScene.Kind.INITIALS;
          case Content.Slate slate -> ShownScene.Kind.SLATE;
        };
    String id = tile.id();
    String owner =
        kind == ShownScene.Kind.SHARE ? id.substring(0, id.length() - Director.SHARE.length()) : id;
    return new ShownScene.Tile(
        kind, owner, tile.rect().x(), tile.rect().y(), tile.rect().width(), tile.rect().height());
  }
}
