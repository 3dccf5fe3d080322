package dev.amphi.server.load.composer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.amphi.server.load.Distribution;

/** Spells a report as one JSON object with every measurement. Pure. */
public final class ComposerJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ComposerJson() {}

  public static String text(ComposerReport report) {
    ObjectNode all = JSON.createObjectNode();
    report.versions().forEach(all.putArray("versions")::add);
    report.machine().forEach(all.putArray("machine")::add);
    var samples = all.putArray("samples");
    report.samples().forEach(sample -> sample(samples.addObject(), sample));
    own(all, report.own());
    report.commands().forEach(all.putArray("commands")::add);
    report.notes().forEach(all.putArray("notes")::add);
    var goals = all.putArray("goals");
    for (Goal goal : Goals.of(report)) {
      goals
          .addObject()
          .put("goal", goal.words())
          .put("figure", goal.figure())
          .put("verdict", goal.verdict().words());
    }
    return all.toString();
  }

  private static void sample(ObjectNode to, ComposerSample sample) {
    to.put("case", sample.of().id()).put("who", sample.who()).put("round", sample.round());
    number(to, "cpu", sample.cpu());
    number(to, "resident_mib", sample.residentMib());
    number(to, "kbps", sample.kbps());
    number(to, "speed", sample.speed());
    number(to, "pictures_per_second", sample.pictures());
    to.put("x264", sample.settings());
  }

  private static void own(ObjectNode all, OwnFigures own) {
    own.delay().ifPresent(delay -> delay(all.putObject("delay"), delay));
    var rooms = all.putArray("rooms");
    for (RoomResult room : own.rooms()) {
      ObjectNode to = rooms.addObject().put("room", room.number());
      number(to, "pictures_per_second", room.pictures());
      number(to, "speed", room.speed());
      number(to, "cpu", room.cpu());
      number(to, "resident_mib", room.residentMib());
      to.put("shed", Goals.word(room.shed())).put("late_ms", room.latestMillis());
    }
    var transitions = all.putArray("transitions");
    for (TransitionResult one : own.transitions()) {
      ObjectNode to = transitions.addObject().put("what", one.words()).put("moves", one.moves());
      number(to, "standing_cpu", one.standing());
      number(to, "moving_cpu", one.moving());
      number(to, "cpu_seconds_per_move", one.cpuPerMove());
      number(to, "pictures_per_second", one.pictures());
      to.put("shed", Goals.word(one.shed()));
    }
  }

  private static void delay(ObjectNode to, DelayResult delay) {
    summary(to.putObject("whole_ms"), delay.whole());
    summary(to.putObject("until_due_ms"), delay.untilDue());
    summary(to.putObject("after_due_ms"), delay.afterDue());
    to.put("frames_never_shown", delay.skipped());
    number(to, "cpu", delay.cpu());
    number(to, "resident_mib", delay.residentMib());
    number(to, "pictures_per_second", delay.pictures());
    to.put("shed", Goals.word(delay.shed()));
  }

  private static void summary(ObjectNode to, Distribution.Summary of) {
    to.put("count", of.count());
    number(to, "median", of.median());
    number(to, "p95", of.p95());
    number(to, "most", of.most());
  }

  private static void number(ObjectNode to, String name, double value) {
    if (Double.isFinite(value)) {
      to.put(name, Math.round(value * 1_000) / 1_000.0);
    }
  }
}
