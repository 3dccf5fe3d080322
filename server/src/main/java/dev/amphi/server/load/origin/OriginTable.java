package dev.amphi.server.load.origin;

import dev.amphi.server.load.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Spells a report as lines for people: medians, with the least and the most. Pure. */
public final class OriginTable {
  private OriginTable() {}

  public static List<String> lines(OriginReport report) {
    List<String> lines = new ArrayList<>(report.versions());
    lines.add(
        String.format(
            Locale.ROOT,
            "playlist of %d bytes (before packing), segment of %d; the node alone takes %.2f of a"
                + " processor",
            report.sizes().playlist(),
            report.sizes().segment(),
            report.idleCpu()));
    lines.add("");
    report.samples().forEach((what, both) -> compared(lines, what, both, report.idleCpu()));
    report.waiting().ifPresent(waiting -> waited(lines, waiting));
    report.crowd().ifPresent(crowd -> watched(lines, crowd));
    return lines;
  }

  private static void compared(
      List<String> lines,
      OriginPlan.Case what,
      Map<String, List<Wrk.Sample>> both,
      double idleCpu) {
    boolean playlist = what == OriginPlan.Case.PLAYLIST;
    ToDoubleFunction<Wrk.Sample> figure =
        playlist ? Wrk.Sample::requestsPerCpuSecond : Wrk.Sample::bytesPerCpuSecond;
    String unit = playlist ? "thousand requests per CPU-second" : "MB per CPU-second";
    double scale = playlist ? 1e3 : 1e6;
    lines.add(what.name().toLowerCase(Locale.ROOT) + ", " + unit);
    both.forEach(
        (name, samples) -> {
          Spread spread = Spread.of(samples.stream().mapToDouble(figure).toArray());
          String errors =
              samples.stream()
                  .map(Wrk.Sample::errors)
                  .filter(e -> !e.isEmpty())
                  .findFirst()
                  .orElse("");
          lines.add(
              String.format(
                      Locale.ROOT,
                      "  %-6s %8.1f (%.1f–%.1f) %s",
                      name,
                      spread.median() / scale,
                      spread.least() / scale,
                      spread.most() / scale,
                      errors)
                  .stripTrailing());
        });
    double there = median(both.get(OriginBench.NGINX), figure);
    List<Wrk.Sample> here = both.getOrDefault(OriginBench.AMPHI, List.of());
    List<Wrk.Sample> serving = here.stream().map(sample -> sample.without(idleCpu)).toList();
    lines.add(
        String.format(
            Locale.ROOT,
            "  Amphi's beside nginx's: %.2f (goal 1.0); %.2f without what the class takes anyway",
            median(here, figure) / there,
            median(serving, figure) / there));
    lines.add("");
  }

  private static double median(
      @Nullable List<Wrk.Sample> samples, ToDoubleFunction<Wrk.Sample> figure) {
    return samples == null
        ? Double.NaN
        : Spread.of(samples.stream().mapToDouble(figure).toArray()).median();
  }

  private static void waited(List<String> lines, WaitingRun.Result waiting) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%d reloads that wait: %.0f MiB of heap (their connections alone %.0f), the process"
                + " %.0f MiB more (goal 64)",
            waiting.waited(),
            waiting.heapMib(),
            waiting.connectionsMib(),
            waiting.residentMib()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  answered after the first of them: median %.0f ms, p95 %.0f ms, all %.0f ms (goal"
                + " 100); %d refused",
            waiting.afterFirst().median(),
            waiting.afterFirst().p95(),
            waiting.afterFirst().most(),
            waiting.refused()));
    lines.add("");
  }

  private static void watched(List<String> lines, CrowdRun.Result crowd) {
    lines.add(
        String.format(
            Locale.ROOT,
            "%d viewers: %d played, %d of them stood still (%d times, %.1f s together), %d errors",
            crowd.viewers(),
            crowd.playing(),
            crowd.stalled(),
            crowd.stalls(),
            crowd.stalledSeconds(),
            crowd.errors()));
    lines.add(
        String.format(
            Locale.ROOT,
            "  %.0f parts/s, %.0f Mbit/s, the node %.2f of a processor, the viewers %.2f",
            crowd.partsPerSecond(),
            crowd.megabitsPerSecond(),
            crowd.cpu(),
            crowd.clientCpu()));
  }
}
