package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Scene;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws scenes on one canvas; only tiles that changed, and what lies above them, are painted. */
final class AvCompositor implements Compositor {
  private static final int GROUND_LUMA = 30;
  private static final int GROUND_CB = 131;
  private static final int GROUND_CR = 127;

  private final Lettering lettering;
  private final AvPicture canvas;
  private final PicturePool pool;
  private final List<TilePainter> painters = new ArrayList<>();
  private @Nullable Scene drawn;

  AvCompositor(Canvas size, Lettering lettering) {
    this.lettering = lettering;
    this.canvas = AvPicture.allocate(size.width(), size.height());
    this.pool = new PicturePool(size.width(), size.height());
  }

  @Override
  public Picture draw(Scene scene, Pictures pictures) {
    if (!scene.equals(drawn)) {
      change(scene);
    }
    List<Rect> dirty = new ArrayList<>();
    for (TilePainter painter : painters) {
      boolean changed = painter.refresh(pictures);
      if (changed || dirty.stream().anyMatch(painter.rect()::overlaps)) {
        painter.paint(canvas);
        dirty.add(painter.rect());
      }
    }
    return pool.copyOf(canvas);
  }

  private void change(Scene scene) {
    painters.forEach(TilePainter::close);
    painters.clear();
    scene.tiles().forEach(tile -> painters.add(new TilePainter(tile, lettering)));
    Rect whole = new Rect(0, 0, canvas.width(), canvas.height());
    Brush.fill(canvas, whole, GROUND_LUMA, GROUND_CB, GROUND_CR);
    drawn = scene;
  }

  @Override
  public void close() {
    painters.forEach(TilePainter::close);
    painters.clear();
    canvas.close();
    pool.close();
  }
}
