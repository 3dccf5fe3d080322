package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Shed;
import dev.amphi.server.load.Distribution;
import java.util.List;
import java.util.Locale;

/** Spells what was measured of this composer alone, and the goals. Pure. */
final class OwnTable {
  private OwnTable() {}

  static void figures(OwnFigures figures, List<String> lines) {
    figures.delay().ifPresent(delay -> delay(delay, lines));
    if (!figures.rooms().isEmpty()) {
      rooms(figures.rooms(), lines);
    }
    if (!figures.transitions().isEmpty()) {
      transitions(figures.transitions(), lines);
    }
  }

  private static void title(ComposerPlan.Case of, List<String> lines) {
    lines.add("");
    lines.add(of.id() + ": " + of.words());
  }

  private static void delay(DelayResult delay, List<String> lines) {
    title(ComposerPlan.Case.DELAY, lines);
    lines.add("%-48s%10s%10s%10s".formatted("", "median", "p95", "most"));
    lines.add(millis("newest source frame → coded sample", delay.whole()));
    lines.add(millis("  until its picture is due: buffer, voice, pacing", delay.untilDue()));
    lines.add(millis("  after it is due: drawing, coding, pipe", delay.afterDue()));
    lines.add(
        String.format(
            Locale.ROOT,
            "%d frames shown, %d never; %.1f pictures/s, %.3f CPU-s/s, %.0f MiB; shed: %s",
            delay.whole().count(),
            delay.skipped(),
            delay.pictures(),
            delay.cpu(),
            delay.residentMib(),
            Goals.word(delay.shed())));
  }

  private static String millis(String what, Distribution.Summary of) {
    return String.format(
        Locale.ROOT, "%-48s%7.0f ms%7.0f ms%7.0f ms", what, of.median(), of.p95(), of.most());
  }

  private static void rooms(List<RoomResult> rooms, List<String> lines) {
    title(ComposerPlan.Case.ROOMS, lines);
    lines.add(
        "%-8s%12s%8s%16s%12s%16s%12s"
            .formatted("", "pictures", "speed", "shed", "late", "CPU-s/s", "resident"));
    for (RoomResult room : rooms) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%-8s%10.1f/s%8.2f%16s%9d ms%16.3f%8.0f MiB",
              "room " + room.number(),
              room.pictures(),
              room.speed(),
              Goals.word(room.shed()),
              room.latestMillis(),
              room.cpu(),
              room.residentMib()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "together %.3f CPU-s/s, %.0f MiB",
            rooms.stream().mapToDouble(RoomResult::cpu).sum(),
            rooms.stream().mapToDouble(RoomResult::residentMib).sum()));
  }

  private static void transitions(List<TransitionResult> transitions, List<String> lines) {
    title(ComposerPlan.Case.TRANSITION, lines);
    for (TransitionResult one : transitions) {
      if (one.shed() != Shed.NOTHING) {
        lines.add(
            one.words()
                + ": no figure, it shed ("
                + Goals.word(one.shed())
                + "): then nothing moves");
        continue;
      }
      lines.add(
          String.format(
              Locale.ROOT,
              "%s: standing %.3f CPU-s/s, a move each second %.3f: %+.0f ms of CPU a move"
                  + " (%d moves, %.1f pictures/s)",
              one.words(),
              one.standing(),
              one.moving(),
              1_000 * one.cpuPerMove(),
              one.moves(),
              one.pictures()));
    }
  }

  static void goals(List<Goal> goals, List<String> lines) {
    lines.add("");
    lines.add("%-66s%-36s%s".formatted("goal", "figure", "").stripTrailing());
    for (Goal goal : goals) {
      lines.add("%-66s%-36s %s".formatted(goal.words(), goal.figure(), goal.verdict().words()));
    }
  }
}
