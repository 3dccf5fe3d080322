package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Shed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** Holds a report against what was wanted. Pure. */
final class Goals {
  private static final double MOTION = 0.95;
  private static final double MOTION_TO_FLOOR = 1.08;
  private static final double SHARE = 0.5;
  private static final double LADDER = 0.9;
  private static final double DELAY_MILLIS = 150;
  private static final double RESIDENT_MB = 350;

  private static final double MB_PER_MIB = 1.048576;

  private final ComposerReport report;

  private Goals(ComposerReport report) {
    this.report = report;
  }

  static List<Goal> of(ComposerReport report) {
    return new Goals(report).all();
  }

  private static boolean isPeer(String who) {
    return !who.startsWith(AmphiContestant.NAME) && !who.equals(ComposerSample.FLOOR);
  }

  private List<Goal> all() {
    List<Goal> goals = new ArrayList<>();
    goals.add(
        cost("all in motion, beside the better", ComposerPlan.Case.MOTION, MOTION, Goals::isPeer));
    goals.add(
        cost(
            "all in motion, beside the floor",
            ComposerPlan.Case.MOTION,
            MOTION_TO_FLOOR,
            ComposerSample.FLOOR::equals));
    goals.add(
        cost("a still share, beside the better", ComposerPlan.Case.SHARE, SHARE, Goals::isPeer));
    goals.add(
        cost(
            "a ladder of three, beside FFmpeg",
            ComposerPlan.Case.LADDER,
            LADDER,
            who -> who.startsWith("FFmpeg")));
    goals.add(delay());
    goals.add(memory());
    goals.add(rooms());
    return goals;
  }

  private Goal cost(String beside, ComposerPlan.Case of, double most, Predicate<String> others) {
    String words = String.format(Locale.ROOT, "%s: at most %.2f", beside, most);
    OptionalDouble ratio = report.ratioToBest(of, AmphiContestant.NAME, others);
    if (ratio.isEmpty()) {
      return Goal.notMeasured(words);
    }
    OptionalDouble shedTo = report.shedTo(of);
    if (shedTo.isPresent()) {
      return Goal.noComparison(
          words, String.format(Locale.ROOT, "it shed, to %.1f pictures/s", shedTo.getAsDouble()));
    }
    double times = ratio.getAsDouble();
    return Goal.of(words, String.format(Locale.ROOT, "%.2f", times), times <= most);
  }

  private Goal delay() {
    String words = "program delay beyond the jitter buffer, median: at most 150 ms";
    return report
        .own()
        .delay()
        .map(
            delay -> {
              double whole = delay.whole().median();
              if (delay.shed() != Shed.NOTHING) {
                return Goal.noComparison(
                    words,
                    String.format(Locale.ROOT, "%.0f ms, shed: %s", whole, word(delay.shed())));
              }
              double beyond = delay.beyondMillis();
              String figure =
                  String.format(Locale.ROOT, "%.0f ms (%.0f with the buffer)", beyond, whole);
              return Goal.of(words, figure, beyond <= DELAY_MILLIS);
            })
        .orElse(Goal.notMeasured(words));
  }

  private Goal memory() {
    String words = "a 720p room's memory after a minute: at most 350 MB";
    return report
        .own()
        .delay()
        .map(delay -> delay.residentMib() * MB_PER_MIB)
        .map(mb -> Goal.of(words, String.format(Locale.ROOT, "%.0f MB", mb), mb <= RESIDENT_MB))
        .orElse(Goal.notMeasured(words));
  }

  private Goal rooms() {
    String words = "four 720p rooms at once: 30 pictures/s each, nothing shed";
    List<RoomResult> rooms = report.own().rooms();
    if (rooms.isEmpty()) {
      return Goal.notMeasured(words);
    }
    long whole = rooms.stream().filter(RoomResult::whole).count();
    double fewest = rooms.stream().mapToDouble(RoomResult::pictures).min().orElse(0);
    String figure =
        String.format(Locale.ROOT, "%d of %d did, the least %.1f/s", whole, rooms.size(), fewest);
    return Goal.of(words, figure, whole == rooms.size());
  }

  /** What a program goes without, for people. */
  static String word(Shed shed) {
    return shed.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
