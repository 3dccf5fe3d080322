package dev.amphi.server.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What a run without end met since its last report.
 *
 * @param joins from the start of joining until media can flow, in milliseconds
 * @param lossPercent of media packets to the subscribers, after repair; NaN when none came
 * @param glassToGlass on stage, in milliseconds
 * @param errors what went wrong, each once with how often
 */
record MinuteReport(
    Instant at,
    Present publishers,
    Present subscribers,
    Present viewers,
    Distribution.Summary joins,
    int failures,
    double lossPercent,
    Distribution.Summary glassToGlass,
    List<String> errors) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How many are in of how many regulars. */
  record Present(int in, int of) {
    @Override
    public String toString() {
      return in + "/" + of;
    }
  }

  /** One line for people. */
  String line() {
    StringBuilder line = new StringBuilder();
    line.append(at.truncatedTo(ChronoUnit.SECONDS));
    line.append("  in: ").append(publishers).append(" publishers, ");
    line.append(subscribers).append(" subscribers, ").append(viewers).append(" viewers");
    line.append("; ").append(joins.count()).append(" joined");
    if (joins.count() > 0) {
      line.append(String.format(Locale.ROOT, " in %.0f ms", joins.median()));
    }
    line.append(", ").append(failures).append(" failed");
    if (!Double.isNaN(lossPercent)) {
      line.append(String.format(Locale.ROOT, "; loss %.2f %%", lossPercent));
    }
    if (glassToGlass.count() > 0) {
      line.append(
          String.format(
              Locale.ROOT,
              "; glass to glass %.0f ms, p95 %.0f ms",
              glassToGlass.median(),
              glassToGlass.p95()));
    }
    errors.forEach(error -> line.append("; ").append(error));
    return line.toString();
  }

  /** One line of JSON; what was not measured is left out. */
  String json() {
    ObjectNode all = JSON.createObjectNode();
    all.put("at", at.truncatedTo(ChronoUnit.MILLIS).toString());
    present(all.putObject("publishers"), publishers);
    present(all.putObject("subscribers"), subscribers);
    present(all.putObject("viewers"), viewers);
    all.put("joins", joins.count()).put("failures", failures);
    number(all, "join_ms_median", joins.median());
    number(all, "loss_percent", lossPercent);
    number(all, "stage_glass_to_glass_ms_median", glassToGlass.median());
    number(all, "stage_glass_to_glass_ms_p95", glassToGlass.p95());
    errors.forEach(all.putArray("errors")::add);
    return all.toString();
  }

  private static void present(ObjectNode to, Present present) {
    to.put("in", present.in).put("of", present.of);
  }

  private static void number(ObjectNode to, String name, double value) {
    if (!Double.isNaN(value)) {
      to.put(name, Math.round(value * 100) / 100.0);
    }
  }
}
