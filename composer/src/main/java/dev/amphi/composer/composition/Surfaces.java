package dev.amphi.composer.composition;

import dev.amphi.composer.api.InkChange;
import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.scene.Inking;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that stand still, and the strokes over any picture; guarded by the stage's {@code lock},
 * under which they are drawn.
 */
final class Surfaces {
  private final Inking inking;
  private final InkSheet ink = new InkSheet();
  private final Map<String, Picture> stills = new HashMap<>();

  Surfaces(Inking inking) {
    this.inking = inking;
  }

  /** Shows another picture; it is this one's from now on. */
  void still(String sourceId, Picture picture) {
    Picture before = stills.put(sourceId, picture);
    if (before != null) {
      before.close();
    }
  }

  void remove(String sourceId) {
    Picture gone = stills.remove(sourceId);
    if (gone != null) {
      gone.close();
    }
  }

  boolean isStill(String sourceId) {
    return stills.containsKey(sourceId);
  }

  void ink(InkChange change) {
    ink.apply(change);
  }

  /** What is to be seen of a source that moves, or of one that stands still. */
  @Nullable Picture shown(String sourceId, @Nullable Picture moving) {
    Picture base = moving == null ? stills.get(sourceId) : moving;
    return base == null || ink.isEmpty() || !sourceId.equals(ink.sourceId())
        ? base
        : inking.over(base, ink);
  }
}
