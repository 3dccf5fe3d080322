package dev.amphi.composer.process;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ShownScene;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads which scenes a child says that it shows: five a second at most, on the program's frames, of
 * a bounded number of tiles that lie inside the canvas. Whose they are is only a text of theirs.
 */
final class SceneReports {
  private static final int TICKS_PER_SECOND = 90_000;
  private static final int LEAST_TICKS = 18_000;
  private static final int LONGEST_ID = 256;

  /** As they are numbered. */
  static final List<ShownScene.Kind> KINDS =
      List.of(
          ShownScene.Kind.CAMERA,
          ShownScene.Kind.INITIALS,
          ShownScene.Kind.SHARE,
          ShownScene.Kind.SLATE);

  private final CompositionSpec spec;
  private long nextTicks;

  SceneReports(CompositionSpec spec) {
    this.spec = spec;
  }

  /** Reads one, whose time is read already. */
  ShownScene read(long timeTicks, ByteBuffer report) throws BrokenWire {
    Wire.need(report, 2);
    int layout = report.get();
    int count = report.get();
    boolean inTime = timeTicks >= nextTicks && timeTicks % frameTicks() == 0;
    boolean known = layout >= 0 && layout < Composition.LAYOUTS.size();
    if (!inTime || !known || count < 1 || count > ShownScene.MOST_TILES) {
      throw new BrokenWire(
          "The child claims a scene of %d tiles in layout %d at %d"
              .formatted(count, layout, timeTicks));
    }
    nextTicks = timeTicks + LEAST_TICKS;
    List<ShownScene.Tile> tiles = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tiles.add(tile(report));
    }
    String name = layout == 0 ? "" : Composition.LAYOUTS.get(layout);
    return new ShownScene(timeTicks, name, tiles);
  }

  private int frameTicks() {
    return TICKS_PER_SECOND / spec.framesPerSecond();
  }

  private ShownScene.Tile tile(ByteBuffer report) throws BrokenWire {
    Wire.need(report, 9);
    int kind = report.get();
    int x = report.getShort();
    int y = report.getShort();
    int width = report.getShort();
    int height = report.getShort();
    String id = Wire.string(report);
    boolean inside =
        x >= 0
            && y >= 0
            && width > 0
            && height > 0
            && x + width <= spec.width()
            && y + height <= spec.height();
    if (kind < 0 || kind >= KINDS.size() || !inside || id.length() > LONGEST_ID) {
      throw new BrokenWire(
          "The child claims a tile of kind %d at %d,%d %d×%d".formatted(kind, x, y, width, height));
    }
    return new ShownScene.Tile(KINDS.get(kind), id, x, y, width, height);
  }
}
