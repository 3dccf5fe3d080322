package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Rect;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Content;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.scene.Tile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Paints what one tile shows, from scene to scene, and knows when it has to be painted again. While
 * it changes its size it is scaled quickly, and words are not set anew; once it stands it is drawn
 * as it should be.
 */
final class TilePainter implements AutoCloseable {
  /** One part in this many may be cut off rather than scaled away. */
  private static final int NEARLY = 24;

  /** So far from a pixel of the source its change may be seen, in pixels of the source. */
  private static final int REACH = 8;

  private final Lettered lettered;
  private final LastShare share = new LastShare();
  private final Bands bands;
  private Tile tile;
  private boolean quick;
  private boolean unpainted = true;
  private boolean unscaled = true;
  private @Nullable Rect reworded;
  private @Nullable Picture drawn;
  private @Nullable Scaler scaler;
  private @Nullable AvPicture kept;
  private Rect cut = new Rect(0, 0, 0, 0);
  private @Nullable Backdrop backdrop;
  private Rect inner;

  TilePainter(Tile tile, Lettering lettering, Bands bands) {
    this.lettered = new Lettered(lettering);
    this.bands = bands;
    this.tile = tile;
    this.inner = tile.rect();
  }

  /** Whether this shows the same as that tile, which may be elsewhere. */
  boolean shows(Tile other) {
    return tile.shows(other);
  }

  /** Takes the tile's place in another scene. */
  void show(Tile next, boolean moving) {
    boolean sized = isOfSize(next.rect(), tile.rect());
    unscaled |= !next.rect().equals(tile.rect()) || quick;
    quick = moving && !sized;
    boolean words = !unscaled && !unpainted && next.labelled(tile.label()).equals(tile);
    reworded = words ? words(tile, next) : null;
    unpainted |= unscaled || !next.equals(tile);
    tile = next;
  }

  /** Where the words of both may be. */
  private static @Nullable Rect words(Tile a, Tile b) {
    Rect place = a.label().map(label -> label.place(a.rect())).orElse(null);
    Rect other = b.label().map(label -> label.place(b.rect())).orElse(place);
    return place == null || other == null ? other : place.around(other);
  }

  private static boolean isOfSize(Rect a, Rect b) {
    return a.width() == b.width() && a.height() == b.height();
  }

  Rect rect() {
    return tile.rect();
  }

  /** Takes the source's new picture, if there is one; returns where the tile looks different. */
  List<Rect> refresh(Compositor.Pictures pictures) {
    Rect words = reworded;
    List<Rect> all = unpainted ? List.of(words == null ? tile.rect() : words) : List.of();
    unpainted = false;
    reworded = null;
    if (tile.content() instanceof Content.Mark) {
      unscaled = false; // painted once more it would hide more of what is below
      return all;
    }
    if (!(tile.content() instanceof Content.Video video)) {
      if (!all.isEmpty()) {
        letter();
      }
      return all;
    }
    Picture picture = pictures.of(video.sourceId());
    if (picture != null && (unscaled || !isSame(picture))) {
      List<Rect> changes = changes(picture, video);
      if (!changes.isEmpty()) {
        scale(picture, video);
      }
      return all.isEmpty() ? changes : words == null ? all : with(words, changes);
    }
    AvPicture uncut = kept;
    if (unscaled && uncut != null) { // its source has gone, and it has not yet
      scale(uncut, video);
    } else if (unscaled && scaler != null) {
      Scaler last = scaler;
      scaler = null;
      scale(last.target(), video);
      last.close();
    }
    return all;
  }

  private static List<Rect> with(Rect words, List<Rect> changes) {
    List<Rect> both = new ArrayList<>(changes);
    both.add(words);
    return both;
  }

  /** Where another picture differs from the last; looks for it in shares only: cameras move. */
  private List<Rect> changes(Picture picture, Content.Video video) {
    AvPicture own = video.contain() && picture instanceof AvPicture known ? known : null;
    List<Rect> found = share.next(own, !unscaled);
    drawn = picture;
    if (found == null || own == null) {
      return List.of(tile.rect());
    }
    return found.stream()
        .map(rect -> rect.scaled(own.width(), own.height(), inner, REACH))
        .toList();
  }

  private void scale(Picture picture, Content.Video video) {
    Rect rect = tile.rect();
    int width = picture.width();
    int height = picture.height();
    boolean narrow = !video.contain() && rect.coverWastes(width, height);
    boolean whole = video.contain() || narrow;
    inner = whole ? rect.contain(width, height) : rect;
    Rect part = whole ? new Rect(0, 0, width, height) : rect.cover(width, height);
    refreshBackdrop(narrow, picture);
    if (!whole && !quick && picture instanceof AvPicture own && fits(part, own)) {
      closeScaler();
      keep(own.share());
      cut = middle(part, inner);
    } else {
      scaler(video.contain() && !quick).scale(picture, part);
      keep(null);
    }
    unscaled = false;
  }

  /**
   * Whether a part of a picture is just a little larger than its place: then its edge is cut off,
   * which nobody sees, and its pixels stay as sharp as they came.
   */
  private boolean fits(Rect part, AvPicture picture) {
    return picture.limitedRange()
        && nearly(part.width(), inner.width())
        && nearly(part.height(), inner.height());
  }

  private static boolean nearly(int length, int place) {
    return length >= place && length - place <= place / NEARLY;
  }

  private static Rect middle(Rect part, Rect place) {
    return new Rect(
        part.x() + Rect.even((part.width() - place.width()) / 2),
        part.y() + Rect.even((part.height() - place.height()) / 2),
        place.width(),
        place.height());
  }

  private void keep(@Nullable AvPicture picture) {
    AvPicture before = kept;
    kept = picture;
    if (before != null) {
      before.close();
    }
  }

  /** Sets the words for this size, or while it moves only scales what was set before. */
  private void letter() {
    Rect rect = tile.rect();
    inner = rect;
    AvPicture known = lettered.of(tile.content());
    boolean sized = known != null && isOfSize(rect, new Rect(0, 0, known.width(), known.height()));
    if (known != null && !sized && quick) {
      scaler(false).scale(known, rect.cover(known.width(), known.height()));
    } else {
      closeScaler();
      if (!sized) {
        lettered.set(tile.content(), rect.width(), rect.height());
      }
    }
    unscaled = false;
  }

  private void refreshBackdrop(boolean wanted, Picture picture) {
    Backdrop known = backdrop;
    if (known != null && (!wanted || !known.rect().equals(tile.rect()))) {
      known.close();
      known = null;
    }
    if (wanted) {
      known = known == null ? new Backdrop(tile.rect()) : known;
      known.refresh(picture);
    }
    backdrop = known;
  }

  @SuppressWarnings("ReferenceEquality") // a picture never changes, so the same one looks the same
  private boolean isSame(Picture picture) {
    return picture == drawn;
  }

  /** The scaler to the present inner size. */
  private Scaler scaler(boolean sharp) {
    Scaler known = scaler;
    if (known != null && known.makes(inner.width(), inner.height(), sharp)) {
      return known;
    }
    closeScaler();
    Scaler made = new Scaler(inner.width(), inner.height(), sharp);
    scaler = made;
    return made;
  }

  private void closeScaler() {
    if (scaler != null) {
      scaler.close();
      scaler = null;
    }
  }

  /**
   * Puts the tile onto the canvas.
   *
   * @param layer a picture of the canvas's size to paint on first when the tile is not opaque
   */
  void paint(AvPicture canvas, Supplier<AvPicture> layer) {
    Rect rect = tile.rect();
    if (tile.content() instanceof Content.Mark) {
      bands.mark(canvas, rect, tile.opacity());
    } else if (tile.opacity() == Tile.OPAQUE) {
      paint(canvas);
    } else if (tile.opacity() > 0) {
      AvPicture apart = layer.get();
      paint(apart);
      Brush.mix(canvas, apart, rect, tile.opacity());
    }
  }

  private void paint(AvPicture canvas) {
    Rect rect = tile.rect();
    AvPicture still = lettered.picture();
    if (backdrop != null) {
      backdrop.paint(canvas);
    } else if (!inner.equals(rect) || (still == null && scaler == null && kept == null)) {
      Brush.ground(canvas, rect);
    }
    if (kept != null) {
      Brush.copy(canvas, kept, cut, inner.x(), inner.y());
    } else if (scaler != null) {
      Brush.copy(canvas, scaler.target(), inner.x(), inner.y());
    } else if (still != null) {
      Brush.copy(canvas, still, rect.x(), rect.y());
    }
    tile.label().ifPresent(label -> bands.write(canvas, label, rect));
  }

  @Override
  public void close() {
    closeScaler();
    keep(null);
    share.close();
    lettered.close();
    if (backdrop != null) {
      backdrop.close();
    }
  }
}
