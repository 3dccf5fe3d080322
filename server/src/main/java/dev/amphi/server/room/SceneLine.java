package dev.amphi.server.room;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ShownScene;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Spells a scene as one line of {@code scenes.jsonl}; the format is in docs/recording.md. */
final class SceneLine {
  private static final int TICKS_PER_SECOND = 90_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private SceneLine() {}

  /**
   * Spells it.
   *
   * @param startsAt the wall clock at the program's time zero
   */
  static String write(CompositionSpec spec, ShownScene scene, Instant startsAt) {
    long ticks = scene.timeTicks();
    Instant at =
        startsAt
            .plusSeconds(ticks / TICKS_PER_SECOND)
            .plusNanos(ticks % TICKS_PER_SECOND * NANOS_PER_SECOND / TICKS_PER_SECOND);
    return "{\"at\":"
        + text(at.toString())
        + ",\"run\":"
        + text(startsAt.toString())
        + ",\"ticks\":"
        + ticks
        + ",\"timescale\":"
        + TICKS_PER_SECOND
        + ",\"canvas\":["
        + spec.width()
        + ","
        + spec.height()
        + "],\"layout\":"
        + text(scene.layout())
        + ",\"tiles\":"
        + list(scene.tiles().stream().map(SceneLine::tile).toList())
        + "}";
  }

  private static String tile(ShownScene.Tile tile) {
    return "{\"participant\":%s,\"kind\":%s,\"rect\":[%d,%d,%d,%d]}"
        .formatted(
            text(tile.participantId()),
            text(tile.kind().name().toLowerCase(Locale.ROOT)),
            tile.x(),
            tile.y(),
            tile.width(),
            tile.height());
  }

  private static String list(List<String> values) {
    return values.stream().collect(Collectors.joining(",", "[", "]"));
  }

  /** A JSON string (RFC 8259 §7) of ASCII, so that nothing in it can end the line. */
  private static String text(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
