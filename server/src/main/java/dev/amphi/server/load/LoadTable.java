package dev.amphi.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Spells a report as lines for people. Pure. */
public final class LoadTable {
  private LoadTable() {}

  public static List<String> lines(LoadReport report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%.0f s with room '%s' on %s".formatted(report.seconds(), report.room(), report.url()));
    lines.add("");
    lines.add(row("", "asked", "joined", "join p50", "join p95", "loss", "kbit/s"));
    group(lines, "publishers", report.publishers());
    group(lines, "stage subscribers", report.subscribers());
    group(lines, "HLS viewers", report.viewers());
    lines.add("");
    lines.add(row("glass to glass", "samples", "median", "p95", "most", "", ""));
    latency(lines, "on stage", report.stageGlassToGlass());
    latency(lines, "through HLS", report.hlsGlassToGlass());
    lines.add("");
    if (report.viewers().asked() > 0) {
      LoadReport.Stalls stalls = report.stalls();
      lines.add(
          "stalls: %d (%.1f s), of %d of %d viewers"
              .formatted(
                  stalls.count(), stalls.seconds(), stalls.viewers(), report.viewers().joined()));
    }
    report.notes().forEach(note -> lines.add("note: " + note));
    lines.add(report.errors().isEmpty() ? "errors: none" : "errors: " + report.errors().size());
    report.errors().forEach(error -> lines.add("  " + error));
    return lines;
  }

  private static void group(List<String> lines, String name, LoadReport.Group group) {
    if (group.asked() > 0) {
      lines.add(
          row(
              name,
              Integer.toString(group.asked()),
              Integer.toString(group.joined()),
              millis(group.join().median()),
              millis(group.join().p95()),
              number("%.2f %%", group.lossPercent()),
              number("%.0f", group.kbps())));
    }
  }

  private static void latency(List<String> lines, String name, Distribution.Summary latency) {
    if (latency.count() > 0) {
      lines.add(
          row(
              name,
              Integer.toString(latency.count()),
              millis(latency.median()),
              millis(latency.p95()),
              millis(latency.most()),
              "",
              ""));
    }
  }

  private static String row(String name, String... cells) {
    StringBuilder row = new StringBuilder("%-18s".formatted(name));
    for (String cell : cells) {
      row.append("%10s".formatted(cell));
    }
    return row.toString().stripTrailing();
  }

  private static String millis(double value) {
    return number("%.0f ms", value);
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
