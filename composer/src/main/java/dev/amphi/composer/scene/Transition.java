package dev.amphi.composer.scene;

import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The way from one scene to the next: what is in both moves and grows, what comes fades in, what
 * goes fades out. A transition that is interrupted is followed by one that begins where the tiles
 * are at that instant, so nothing ever jumps. What is written on the tiles is {@link Wording}'s.
 *
 * @param from where the tiles are at the start; may itself be an instant of a transition
 * @param to the settled scene
 */
public record Transition(Scene from, Scene to, long startNanos) {
  /** How long it takes. */
  public static final long NANOS = 400_000_000L;

  /** However often it is interrupted, no more than these are still on their way out. */
  private static final int MOST_GOING = 16;

  /** Whether only the settled scene is left to be seen. */
  boolean over(long nowNanos) {
    return nowNanos - startNanos >= NANOS;
  }

  /** The same with another end that differs from this one in nothing that moves. */
  Transition to(Scene end) {
    return new Transition(from, end, startNanos);
  }

  /** What is to be seen at an instant. */
  public Scene at(long nowNanos) {
    if (over(nowNanos)) {
      return to;
    }
    double done = eased((double) Math.max(0, nowNanos - startNanos) / NANOS);
    List<Tile> tiles = new ArrayList<>();
    for (Tile tile : to.tiles()) {
      tiles.add(find(from, tile::shows).map(b -> moved(b, tile, done)).orElse(come(tile, done)));
    }
    addGoing(tiles, done);
    return new Scene(to.canvas(), tiles, true);
  }

  /** Starts and ends gently (smoothstep). */
  private static double eased(double part) {
    return part * part * (3 - 2 * part);
  }

  private static Optional<Tile> find(Scene scene, Predicate<Tile> wanted) {
    return scene.tiles().stream().filter(wanted).findFirst();
  }

  private static Tile moved(Tile before, Tile after, double done) {
    return new Tile(
        after.id(),
        between(before.rect(), after.rect(), done),
        after.content(),
        after.label(),
        level(before.opacity(), after.opacity(), done));
  }

  /** Where the same person is shown otherwise already, it comes from there. */
  private Tile come(Tile tile, double done) {
    Rect start = find(from, old -> isOf(tile, old)).map(Tile::rect).orElse(tile.rect());
    Rect rect = between(start, tile.rect(), done);
    return new Tile(tile.id(), rect, tile.content(), tile.label(), level(0, Tile.OPAQUE, done));
  }

  private static boolean isOf(Tile a, Tile b) {
    return !a.id().isEmpty() && a.id().equals(b.id());
  }

  /** Puts those that go in right above what they stood on. */
  private void addGoing(List<Tile> tiles, double done) {
    List<Tile> all = from.tiles();
    int left = (int) all.stream().filter(this::goes).count();
    int at = 0;
    for (Tile tile : all) {
      if (!goes(tile)) {
        at = 1 + indexOf(tiles, tile);
      } else if (left-- <= MOST_GOING) {
        tiles.add(at, go(tile, tiles.subList(at, tiles.size()), done));
        at++;
      }
    }
  }

  private boolean goes(Tile tile) {
    return find(to, tile::shows).isEmpty();
  }

  private static int indexOf(List<Tile> tiles, Tile wanted) {
    for (int i = 0; i < tiles.size(); i++) {
      if (tiles.get(i).shows(wanted)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * It need not fade where another one fades in above all of it: that would let the ground shine.
   */
  private Tile go(Tile tile, List<Tile> above, double done) {
    Rect end = find(to, next -> isOf(tile, next)).map(Tile::rect).orElse(tile.rect());
    Rect rect = between(tile.rect(), end, done);
    boolean covered = above.stream().anyMatch(a -> rises(a) && covers(a, tile));
    int opacity = covered ? tile.opacity() : level(tile.opacity(), 0, done);
    return new Tile(tile.id(), rect, tile.content(), tile.label(), opacity);
  }

  private boolean rises(Tile tile) {
    return find(from, tile::shows).map(before -> before.opacity() < Tile.OPAQUE).orElse(true);
  }

  /** Whether it hides the other all the time: it travels with it, or stands where it goes. */
  private boolean covers(Tile upper, Tile lower) {
    boolean stands = find(from, old -> isOf(upper, old) || upper.shows(old)).isEmpty();
    return isOf(upper, lower) || (stands && covers(upper.rect(), lower.rect()));
  }

  private static boolean covers(Rect a, Rect b) {
    return a.x() <= b.x()
        && a.y() <= b.y()
        && a.x() + a.width() >= b.x() + b.width()
        && a.y() + a.height() >= b.y() + b.height();
  }

  private static int level(int from, int to, double done) {
    return (int) Math.round(from + (to - from) * done);
  }

  private static Rect between(Rect a, Rect b, double done) {
    return new Rect(
        between(a.x(), b.x(), done),
        between(a.y(), b.y(), done),
        between(a.width(), b.width(), done),
        between(a.height(), b.height(), done));
  }

  /** Even, and exact at both ends, because both are even. */
  private static int between(int a, int b, double done) {
    return a + 2 * (int) Math.round((b - a) * done / 2);
  }
}
