package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Overlay;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels that were drawn of late: each is drawn once, however often its tile moves. */
final class Bands {
  private static final int MOST = 96;

  private final Lettering lettering;
  private @Nullable Overlay mark;
  private final Map<Label, Overlay> drawn =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Label, Overlay> eldest) {
          return size() > MOST;
        }
      };

  Bands(Lettering lettering) {
    this.lettering = lettering;
  }

  /** The school's mark in that size. */
  Overlay mark(int width, int height) {
    Overlay known = mark;
    if (known == null || known.width() != width || known.height() != height) {
      known = lettering.mark(width, height);
      mark = known;
    }
    return known;
  }

  /** The drawing of a label, all of it. */
  Overlay of(Label label) {
    return drawn.computeIfAbsent(label.whole(), lettering::label);
  }
}
