package dev.amphi.server.load.sfu;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Adds up what a room's pipeline says of the ways out to those who receive. Pure. */
final class PathTotals {
  private PathTotals() {}

  /** One line for people. */
  static String line(JsonObject pipeline) {
    List<JsonObject> paths = receiving(pipeline);
    if (paths.isEmpty()) {
      return "no paths";
    }
    long[] targets = sorted(paths, path -> bandwidth(path, "estimate_bps"));
    long[] lowest = sorted(paths, path -> bandwidth(path, "lowest_bps"));
    long[] trips = sorted(paths, path -> bandwidth(path, "round_trip_nanos"));
    return String.format(
        Locale.ROOT,
        "%d paths: target kbit/s %s, lowest %s, round trip ms %s, probes %d, lowered %d, pauses %d,"
            + " excused %d, narrow %s, waited %d (%d ms at most), hurried %d, discarded %d, not sent"
            + " %d",
        paths.size(),
        spread(targets, 1_000),
        spread(lowest, 1_000),
        spread(trips, 1_000_000),
        sum(paths, path -> bandwidth(path, "probes")),
        sum(paths, path -> bandwidth(path, "overuses")),
        sum(paths, path -> path.getLong("pauses")),
        sum(paths, path -> bandwidth(path, "excused")),
        paths.stream()
            .map(path -> path.getJsonObject("bandwidth").getString("narrow"))
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting())),
        sum(paths, path -> pacer(path, "waited")),
        paths.stream().mapToLong(path -> pacer(path, "longest_wait_nanos")).max().orElse(0)
            / 1_000_000,
        sum(paths, path -> pacer(path, "hurried")),
        sum(paths, path -> pacer(path, "discarded")),
        sum(paths, path -> path.getJsonObject("transport").getLong("drops_send")));
  }

  private static List<JsonObject> receiving(JsonObject pipeline) {
    List<JsonObject> all = new ArrayList<>();
    pipeline.getJsonArray("followers", new JsonArray()).forEach(one -> all.add((JsonObject) one));
    for (Object participant : pipeline.getJsonArray("participants", new JsonArray())) {
      JsonObject media = ((JsonObject) participant).getJsonObject("media");
      if (media != null) {
        all.add(media);
      }
    }
    all.removeIf(path -> !path.containsKey("bandwidth") || path.getJsonArray("slots").isEmpty());
    return all;
  }

  private static long bandwidth(JsonObject path, String name) {
    return path.getJsonObject("bandwidth").getLong(name);
  }

  private static long pacer(JsonObject path, String name) {
    return path.getJsonObject("bandwidth").getJsonObject("pacer").getLong(name);
  }

  private static long sum(List<JsonObject> paths, ToLongFunction<JsonObject> value) {
    return paths.stream().mapToLong(value).sum();
  }

  private static long[] sorted(List<JsonObject> paths, ToLongFunction<JsonObject> value) {
    long[] values = paths.stream().mapToLong(value).toArray();
    Arrays.sort(values);
    return values;
  }

  private static String spread(long[] sorted, long unit) {
    return sorted[0] / unit
        + "/"
        + sorted[sorted.length / 2] / unit
        + "/"
        + sorted[sorted.length - 1] / unit;
  }
}
