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

/**
 * Draws scenes; only tiles that changed, and what lies above them, are painted. When nothing
 * changed the picture is the one from before.
 */
final class AvCompositor implements Compositor {
  private final Lettering lettering;
  private final Bands bands;
  private final Canvas size;
  private final PicturePool pool;
  private final List<TilePainter> painters = new ArrayList<>();
  private @Nullable AvPicture layer;
  private @Nullable AvPicture shown;
  private long number;
  private @Nullable Scene drawn;

  AvCompositor(Canvas size, Lettering lettering) {
    this.lettering = lettering;
    this.bands = new Bands(lettering);
    this.size = size;
    this.pool = new PicturePool(size.width(), size.height());
  }

  @Override
  public Picture draw(Scene scene, Pictures pictures) {
    Scene before = drawn;
    boolean all = before == null || !scene.standsAs(before); // what shines through is painted once
    if (!scene.equals(before) || scene.moving()) {
      change(scene);
    }
    List<TilePainter> wet = new ArrayList<>();
    List<Rect> painted = new ArrayList<>();
    List<Rect> changed = new ArrayList<>(); // what is painted again elsewhere looks as before
    for (TilePainter painter : painters) {
      List<Rect> changes = painter.refresh(pictures);
      if (all || !changes.isEmpty() || painted.stream().anyMatch(painter.rect()::overlaps)) {
        wet.add(painter);
        painted.add(painter.rect());
        changed.addAll(changes);
      }
    }
    AvPicture last = shown;
    if (last != null && !all && wet.isEmpty()) {
      return last.share();
    }
    AvPicture canvas = pool.take();
    if (all || last == null) {
      changed.clear();
      changed.add(whole());
      Brush.ground(canvas, whole());
    } else {
      pool.catchUp(canvas, last, painted); // a tile that stands hides what was in its place
    }
    wet.forEach(painter -> painter.paint(canvas, this::layer));
    canvas.follow(++number, changed);
    pool.painted(canvas, changed);
    if (last != null) {
      last.close();
    }
    shown = canvas;
    return canvas.share();
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
    drawn = scene;
  }

  private Rect whole() {
    return new Rect(0, 0, size.width(), size.height());
  }

  /** A picture of the canvas's size, for what is not opaque. */
  private AvPicture layer() {
    AvPicture known = layer;
    if (known == null) {
      known = AvPicture.allocate(size.width(), size.height());
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
    if (shown != null) {
      shown.close();
    }
    pool.close();
  }
}
