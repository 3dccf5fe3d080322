package dev.amphi.server.load.composer;

import dev.amphi.server.load.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Spells a report as lines for people: medians, with the least and the most. Pure. */
public final class ComposerTable {
  private ComposerTable() {}

  /**
   * The lines.
   *
   * @param verbose with the others' command lines and x264's own words about its settings
   */
  public static List<String> lines(ComposerReport report, boolean verbose) {
    List<String> lines = new ArrayList<>(report.versions());
    lines.addAll(report.machine());
    for (ComposerPlan.Case of : report.cases()) {
      lines.add("");
      lines.add(of.id() + ": " + of.words());
      lines.add(
          row("", "CPU-s per program-s", "Amphi's share", "resident", "rate", "speed", "pictures"));
      report.contestants(of).forEach(who -> lines.add(measured(report, of, who)));
      report
          .shedTo(of)
          .ifPresent(
              pictures ->
                  lines.add(
                      String.format(
                          Locale.ROOT,
                          "Amphi found the machine too busy and shed, to %.1f pictures a second: its"
                              + " cost is no comparison.",
                          pictures)));
    }
    OwnTable.figures(report.own(), lines);
    if (!report.samples().isEmpty()) {
      lines.add("");
      settings(report, lines);
    }
    if (verbose) {
      report.commands().forEach(command -> lines.add("$ " + command));
    }
    report.notes().forEach(note -> lines.add("note: " + note));
    OwnTable.goals(Goals.of(report), lines);
    return lines;
  }

  private static String measured(ComposerReport report, ComposerPlan.Case of, String who) {
    List<ComposerSample> samples = report.of(of, who);
    Spread ratio = report.ratio(of, AmphiContestant.NAME, who);
    return row(
        who,
        spread("%.3f", Spread.of(samples.stream().mapToDouble(ComposerSample::cpu).toArray())),
        who.equals(AmphiContestant.NAME) ? "" : spread("%.2f", ratio),
        number("%.0f MiB", median(samples.stream().mapToDouble(ComposerSample::residentMib))),
        number("%.0f kbit/s", median(samples.stream().mapToDouble(ComposerSample::kbps))),
        number("%.2f", median(samples.stream().mapToDouble(ComposerSample::speed))),
        number("%.1f/s", median(samples.stream().mapToDouble(ComposerSample::pictures))));
  }

  private static double median(java.util.stream.DoubleStream values) {
    return Spread.of(values.toArray()).median();
  }

  /** Says the settings once where they are the same for all. */
  private static void settings(ComposerReport report, List<String> lines) {
    List<String> distinct =
        report.samples().stream()
            .map(ComposerSample::settings)
            .filter(text -> !text.isEmpty())
            .distinct()
            .toList();
    if (distinct.size() == 1) {
      lines.add("x264 of all of them: " + distinct.getFirst());
      return;
    }
    for (String text : distinct) {
      List<String> names =
          report.samples().stream()
              .filter(sample -> sample.settings().equals(text))
              .map(ComposerSample::who)
              .distinct()
              .toList();
      lines.add("x264 of " + String.join(", ", names) + ": " + text);
    }
  }

  private static String row(String... cells) {
    return "%-14s%26s%22s%12s%14s%8s%10s".formatted((Object[]) cells).stripTrailing();
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
