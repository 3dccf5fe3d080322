package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Scene;
import dev.amphi.composer.scene.Tile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws scenes on one canvas; only tiles that changed, and what lies above them, are painted. */
final class AvCompositor implements Compositor {
  private static final int GROUND_LUMA = 30;
  private static final int GROUND_CB = 131;
  private static final int GROUND_CR = 127;

  private final Lettering lettering;
  private final Bands bands;
  private final AvPicture canvas;
  private final PicturePool pool;
  private final List<TilePainter> painters = new ArrayList<>();
  private @Nullable AvPicture layer;
  private @Nullable Scene drawn;

  AvCompositor(Canvas size, Lettering lettering) {
    this.lettering = lettering;
    this.bands = new Bands(lettering);
    this.canvas = AvPicture.allocate(size.width(), size.height());
    this.pool = new PicturePool(size.width(), size.height());
  }

  @Override
  public Picture draw(Scene scene, Pictures pictures) {
    if (scene.moving() || !scene.equals(drawn)) { // what shines through is never painted twice
      change(scene);
    }
    List<Rect> dirty = new ArrayList<>();
    for (TilePainter painter : painters) {
      boolean changed = painter.refresh(pictures);
      if (changed || dirty.stream().anyMatch(painter.rect()::overlaps)) {
        painter.paint(canvas, this::layer);
        dirty.add(painter.rect());
      }
    }
    return pool.copyOf(canvas);
  }

  /** What is shown in both scenes keeps its painter, and with it its last picture. */
  private void change(Scene scene) {
    List<TilePainter> before = new ArrayList<>(painters);
    painters.clear();
    for (Tile tile : scene.tiles()) {
      TilePainter painter =
          before.stream()
              .filter(known -> known.shows(tile))
              .findFirst()
              .orElseGet(() -> new TilePainter(tile, lettering, bands));
      before.remove(painter);
      painter.show(tile, scene.moving());
      painters.add(painter);
    }
    before.forEach(TilePainter::close);
    Rect whole = new Rect(0, 0, canvas.width(), canvas.height());
    Brush.fill(canvas, whole, GROUND_LUMA, GROUND_CB, GROUND_CR);
    drawn = scene;
  }

  /** A picture of the canvas's size, for what is not opaque. */
  private AvPicture layer() {
    AvPicture known = layer;
    if (known == null) {
      known = AvPicture.allocate(canvas.width(), canvas.height());
      layer = known;
    }
    return known;
  }

  @Override
  public void close() {
    painters.forEach(TilePainter::close);
    painters.clear();
    if (layer != null) {
      layer.close();
    }
    canvas.close();
    pool.close();
  }
}
