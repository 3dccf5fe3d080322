package dev.amphi.composer.scene;

import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.layout.Rect;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes down which scenes follow each other, for the class's timeline: as the tiles begin to move,
 * where they will stand, five times a second at most.
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
        scene.tiles().stream()
            .flatMap(tile -> note(tile).stream())
            .limit(ShownScene.MOST_TILES)
            .toList();
    if (last != null && last.layout().equals(layout) && last.tiles().equals(tiles)) {
      return Optional.empty(); // only words have changed
    }
    ShownScene next = new ShownScene(timeTicks, layout, tiles);
    told = next;
    return Optional.of(next);
  }

  /** Nothing for the school's mark: it is on the picture, not in it. */
  private static Optional<ShownScene.Tile> note(Tile tile) {
    return switch (tile.content()) {
      case Content.Video video ->
          video.contain()
              ? note(ShownScene.Kind.SHARE, ownerOfShare(tile.id()), tile.rect())
              : note(ShownScene.Kind.CAMERA, tile.id(), tile.rect());
      case Content.Initials initials -> note(ShownScene.Kind.INITIALS, tile.id(), tile.rect());
      case Content.Slate slate -> note(ShownScene.Kind.SLATE, tile.id(), tile.rect());
      case Content.Mark mark -> Optional.empty();
    };
  }

  private static String ownerOfShare(String id) {
    return id.substring(0, id.length() - Director.SHARE.length());
  }

  private static Optional<ShownScene.Tile> note(ShownScene.Kind kind, String owner, Rect rect) {
    return Optional.of(
        new ShownScene.Tile(kind, owner, rect.x(), rect.y(), rect.width(), rect.height()));
  }
}
