package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Overlay;
import dev.amphi.composer.scene.Tile;
import org.jspecify.annotations.Nullable;

/** Paints one tile of a scene, and knows when it has to be painted again. */
final class TilePainter implements AutoCloseable {
  private static final int BLACK = 16;

  private final Tile tile;
  private final @Nullable Overlay label;
  private final @Nullable AvPicture still;
  private @Nullable Picture drawn;
  private @Nullable Scaler scaler;
  private @Nullable Backdrop backdrop;
  private Rect inner;
  private boolean painted;

  TilePainter(Tile tile, Lettering lettering) {
    this.tile = tile;
    this.inner = tile.rect();
    this.label = tile.label().map(lettering::label).orElse(null);
    this.still = still(tile, lettering);
  }

  private static @Nullable AvPicture still(Tile tile, Lettering lettering) {
    int width = tile.rect().width();
    int height = tile.rect().height();
    Picture drawing =
        switch (tile.content()) {
          case Content.Slate slate -> lettering.slate(width, height, slate);
          case Content.Initials initials -> lettering.initials(width, height, initials);
          case Content.Video video -> null;
        };
    if (drawing == null) {
      return null;
    }
    try (drawing) {
      AvPicture copy = AvPicture.allocate(width, height);
      copy.copyFrom(drawing);
      return copy;
    }
  }

  Rect rect() {
    return tile.rect();
  }

  /** Takes the source's new picture, if there is one; returns whether the tile looks different. */
  boolean refresh(Compositor.Pictures pictures) {
    boolean first = !painted;
    painted = true;
    if (!(tile.content() instanceof Content.Video video)) {
      return first;
    }
    Picture picture = pictures.of(video.sourceId());
    if (picture == null || isSame(picture)) {
      return first;
    }
    drawn = picture;
    Rect rect = tile.rect();
    int width = picture.width();
    int height = picture.height();
    boolean narrow = !video.contain() && rect.coverWastes(width, height);
    boolean whole = video.contain() || narrow;
    Rect wanted = whole ? rect.contain(width, height) : rect;
    Rect part = whole ? new Rect(0, 0, width, height) : rect.cover(width, height);
    refreshBackdrop(narrow, picture);
    scalerFor(wanted, video.contain()).scale(picture, part);
    return true;
  }

  private void refreshBackdrop(boolean wanted, Picture picture) {
    Backdrop known = backdrop;
    if (!wanted) {
      backdrop = null;
      if (known != null) {
        known.close();
      }
      return;
    }
    Backdrop behind = known == null ? new Backdrop(tile.rect()) : known;
    backdrop = behind;
    behind.refresh(picture);
  }

  @SuppressWarnings("ReferenceEquality") // a picture never changes, so the same one looks the same
  private boolean isSame(Picture picture) {
    return picture == drawn;
  }

  private Scaler scalerFor(Rect wanted, boolean sharp) {
    Scaler known = scaler;
    if (known != null && wanted.equals(inner)) {
      return known;
    }
    if (known != null) {
      known.close();
    }
    inner = wanted;
    Scaler made = new Scaler(wanted.width(), wanted.height(), sharp);
    scaler = made;
    return made;
  }

  /** Puts the tile onto the canvas. */
  void paint(AvPicture canvas) {
    Rect rect = tile.rect();
    if (backdrop != null) {
      backdrop.paint(canvas);
    } else if (!inner.equals(rect) || (still == null && scaler == null)) {
      Brush.fill(canvas, rect, BLACK, 128, 128);
    }
    if (still != null) {
      Brush.copy(canvas, still, rect.x(), rect.y());
    } else if (scaler != null) {
      Brush.copy(canvas, scaler.target(), inner.x(), inner.y());
    }
    if (label != null) {
      Brush.blend(canvas, label, rect.x(), rect.y() + rect.height() - label.height());
    }
  }

  @Override
  public void close() {
    if (scaler != null) {
      scaler.close();
    }
    if (backdrop != null) {
      backdrop.close();
    }
    if (still != null) {
      still.close();
    }
  }
}
