package dev.amphi.server.load.sfu;

import dev.amphi.server.load.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Spells a report as lines for people: medians, with the least and the most. Pure. */
public final class SfuTable {
  private SfuTable() {}

  public static List<String> lines(SfuReport report) {
    List<String> lines = new ArrayList<>(report.versions());
    lines.addAll(report.machine());
    lines.add("");
    lines.add(
        row(
            "load",
            "server",
            "thousand packets/CPU-s",
            "core",
            "arrived",
            "lost",
            "delay p50/p99",
            "resident",
            "heap each"));
    SfuPlan.Load before = null;
    for (SfuReport.Row row : report.rows()) {
      if (before != null && !before.equals(row.load())) {
        ratio(lines, report, before);
      }
      before = row.load();
      lines.add(measured(row));
    }
    if (before != null) {
      ratio(lines, report, before);
    }
    lines.add("");
    report.notes().forEach(note -> lines.add("note: " + note));
    return lines;
  }

  private static void ratio(List<String> lines, SfuReport report, SfuPlan.Load load) {
    Spread ratio = report.ratio(load);
    if (!Double.isNaN(ratio.median())) {
      lines.add(row("", "ratio", spread("%.1f", ratio), "", "", "", "", "", ""));
    }
  }

  private static String measured(SfuReport.Row row) {
    return row(
        row.load().label(),
        row.peer() == SfuPlan.Peer.JANUS ? "Janus" : "Amphi",
        spread("%.1f", row.of(sample -> sample.packetsPerCpuSecond() / 1_000)),
        number("%.0f %%", row.of(SfuSample::cpuPercent).median()),
        number("%.1f %%", row.of(SfuSample::carriedPercent).median()),
        number("%.2f %%", row.of(SfuSample::lossPercent).median()),
        number("%.2f", row.of(sample -> sample.delayP50Micros() / 1_000).median())
            + number("/%.1f ms", row.of(sample -> sample.delayP99Micros() / 1_000).median()),
        number("%.0f MiB", row.of(SfuSample::residentMib).median()),
        number("%.2f MiB", row.of(s -> s.heapMibPerParticipant().orElse(Double.NaN)).median()));
  }

  private static String row(String... cells) {
    return "%-10s%-8s%24s%8s%10s%10s%18s%10s%12s".formatted((Object[]) cells).stripTrailing();
  }

  private static String spread(String format, Spread spread) {
    return Double.isNaN(spread.median())
        ? "-"
        : number(format, spread.median())
            + " ("
            + number(format, spread.least())
            + "–"
            + number(format, spread.most())
            + ")";
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
