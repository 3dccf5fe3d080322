package dev.amphi.server.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Spells a report as one JSON object; times in milliseconds, what was not measured left out. */
public final class LoadJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LoadJson() {}

  public static String text(LoadReport report) {
    ObjectNode all = JSON.createObjectNode();
    all.put("url", report.url()).put("room", report.room());
    number(all, "seconds", report.seconds());
    group(all.putObject("publishers"), report.publishers());
    group(all.putObject("subscribers"), report.subscribers());
    ObjectNode viewers = all.putObject("viewers");
    group(viewers, report.viewers());
    viewers.put("stalls", report.stalls().count());
    number(viewers, "stalled_s", report.stalls().seconds());
    summary(all.putObject("stage_glass_to_glass_ms"), report.stageGlassToGlass());
    summary(all.putObject("hls_glass_to_glass_ms"), report.hlsGlassToGlass());
    report.notes().forEach(all.putArray("notes")::add);
    report.errors().forEach(all.putArray("errors")::add);
    return all.toString();
  }

  private static void group(ObjectNode to, LoadReport.Group group) {
    to.put("asked", group.asked()).put("joined", group.joined());
    summary(to.putObject("join_ms"), group.join());
    number(to, "loss_percent", group.lossPercent());
    number(to, "kbps", group.kbps());
  }

  private static void summary(ObjectNode to, Distribution.Summary summary) {
    to.put("count", summary.count());
    number(to, "median", summary.median());
    number(to, "p95", summary.p95());
    number(to, "max", summary.most());
  }

  private static void number(ObjectNode to, String name, double value) {
    if (!Double.isNaN(value)) {
      to.put(name, Math.round(value * 100) / 100.0);
    }
  }
}
