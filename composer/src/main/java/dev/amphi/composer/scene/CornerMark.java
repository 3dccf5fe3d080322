package dev.amphi.composer.scene;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.layout.Rect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the school's mark stands: in the corner that the school wants where it is free, else in the
 * one beside it, else across, else nowhere. It never covers a share or a name, and lies on a
 * person's tile only where that is large. Pure; exact geometry in layouts.md.
 *
 * @param wanted the corner where it is as a rule
 * @param width of the mark, pixels, even
 * @param height of the mark, pixels, even
 */
public record CornerMark(Corner wanted, int width, int height) {
  /** Nobody has such an id. */
  static final String ID = "~mark";

  /** A tile is so many times as wide as a mark on it. */
  private static final int TIMES_WIDER = 3;

  private static final int TIMES_HIGHER = 4;

  /** How wide a mark may be. */
  public static int mostWidth(Canvas canvas) {
    return Rect.even(canvas.width() / 8);
  }

  /** How high a mark may be. */
  public static int mostHeight(Canvas canvas) {
    return Rect.even(canvas.height() / 12);
  }

  /** The mark's tile for a scene that shows these, if there is room for it. */
  Optional<Tile> on(Canvas canvas, List<Tile> tiles) {
    Corner beside = wanted.beside();
    return Stream.of(wanted, beside, wanted.across(), beside.across())
        .flatMap(corner -> places(corner, canvas, tiles))
        .filter(place -> isFree(place, canvas, tiles))
        .findFirst()
        // By its place, so that in another it does not fly there but fades.
        .map(
            place ->
                new Tile(
                    ID + place.x() + "," + place.y(), place, new Content.Mark(), Optional.empty()));
  }

  /** In the corner of the title-safe area, or else of the part of it in the tile that is there. */
  private Stream<Rect> places(Corner corner, Canvas canvas, List<Tile> tiles) {
    Rect first = in(canvas.titleSafe(), corner);
    Stream<Rect> onTiles =
        tiles.stream()
            .filter(tile -> tile.rect().overlaps(first))
            .map(tile -> in(canvas.safeIn(tile.rect()), corner));
    return Stream.concat(Stream.of(first), onTiles);
  }

  private Rect in(Rect area, Corner corner) {
    return new Rect(
        corner.right() ? area.x() + area.width() - width : area.x(),
        corner.bottom() ? area.y() + area.height() - height : area.y(),
        width,
        height);
  }

  private boolean isFree(Rect place, Canvas canvas, List<Tile> tiles) {
    return canvas.titleSafe().contains(place)
        && tiles.stream().allMatch(tile -> leaves(tile, place, canvas.gapAround(place)));
  }

  private boolean leaves(Tile tile, Rect place, Rect around) {
    if (!tile.rect().overlaps(around)) {
      return true;
    }
    boolean share = tile.content() instanceof Content.Video video && video.contain();
    boolean large =
        tile.rect().width() >= TIMES_WIDER * width && tile.rect().height() >= TIMES_HIGHER * height;
    return !share
        && !(tile.content() instanceof Content.Slate)
        && large
        && tile.rect().contains(place)
        && tile.label().filter(label -> label.place(tile.rect()).overlaps(around)).isEmpty();
  }
}
