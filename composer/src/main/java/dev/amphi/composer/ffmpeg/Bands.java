package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Label;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Overlay;
import dev.amphi.composer.scene.Tile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Labels and the mark: each is drawn once, however often its tile moves, and kept for a while. */
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

  /** Lays the school's mark over what is there. */
  void mark(AvPicture canvas, Rect place, int opacity) {
    Overlay known = mark;
    if (known == null || known.width() != place.width() || known.height() != place.height()) {
      known = lettering.mark(place.width(), place.height());
      mark = known;
    }
    Brush.blend(canvas, known, place.x(), place.y(), place, opacity);
  }

  /** Writes a label on a tile, as much of it as is there. */
  void write(AvPicture canvas, Label label, Rect tile) {
    Rect place = label.place(tile);
    Overlay band = drawn.computeIfAbsent(label.whole(), lettering::label);
    if (label.isLowerThird() && label.presence() < Tile.OPAQUE) {
      slide(canvas, label, band, tile);
    } else {
      Brush.blend(canvas, band, place.x(), place.y(), tile, label.presence());
    }
  }

  /** The bar fades in the first quarter of the way; all else comes out from behind it. */
  private static void slide(AvPicture canvas, Label label, Overlay band, Rect tile) {
    Rect place = label.place(tile);
    int bar = label.bar();
    int hidden = Rect.even((band.width() - bar) * (Tile.OPAQUE - label.presence()) / Tile.OPAQUE);
    int left = Math.max(tile.x(), place.x());
    int right = tile.x() + tile.width();
    int wide = Math.min(bar, right - left);
    Rect post = new Rect(left, tile.y(), wide, tile.height());
    Rect panel = new Rect(left + wide, tile.y(), right - left - wide, tile.height());
    int level = Math.min(Tile.OPAQUE, 4 * label.presence());
    Brush.blend(canvas, band, place.x(), place.y(), post, level);
    Brush.blend(canvas, band, place.x() - hidden, place.y(), panel, Tile.OPAQUE);
  }
}
