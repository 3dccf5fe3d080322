package dev.amphi.server.load.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.Shed;
import dev.amphi.server.load.Distribution;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static final OwnFigures NOTHING = new OwnFigures(Optional.empty(), List.of(), List.of());

  private static ComposerSample sample(String who, double cpu, double pictures) {
    return new ComposerSample(
        ComposerPlan.Case.MOTION, who, 0, cpu, 140, 2_500, 1, pictures, "x264");
  }

  private static ComposerReport report(List<ComposerSample> samples, OwnFigures own) {
    return new ComposerReport(List.of(), List.of(), samples, own, List.of(), List.of());
  }

  private static Goal goal(ComposerReport report, String words) {
    return Goals.of(report).stream()
        .filter(goal -> goal.words().contains(words))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void comparesWithTheBetterOfTheOthers() {
    ComposerReport report =
        report(
            List.of(
                sample("Amphi", 0.38, 30),
                sample("FFmpeg", 0.44, 30),
                sample("GStreamer", 0.4, 30)),
            NOTHING);
    Goal goal = goal(report, "motion, beside the better");
    assertThat(goal.figure()).isEqualTo("0.95");
    assertThat(goal.verdict()).isEqualTo(Goal.Verdict.MET);
  }

  @Test
  void comparesNothingThatWasShed() {
    ComposerReport report =
        report(List.of(sample("Amphi", 0.2, 15), sample("FFmpeg", 0.44, 30)), NOTHING);
    Goal goal = goal(report, "motion, beside the better");
    assertThat(goal.verdict()).isEqualTo(Goal.Verdict.NO_COMPARISON);
    assertThat(goal.figure()).contains("15.0 pictures/s");
    assertThat(ComposerTable.lines(report, false))
        .anyMatch(line -> line.endsWith("to 15.0 pictures a second: its cost is no comparison."));
  }

  @Test
  void saysWhatWasNotMeasured() {
    assertThat(Goals.of(report(List.of(sample("Amphi", 0.4, 30)), NOTHING)))
        .hasSize(7)
        .allMatch(goal -> goal.verdict() == Goal.Verdict.NOT_MEASURED);
  }

  @Test
  void wantsEveryRoomWhole() {
    RoomResult whole = new RoomResult(1, 30, 1, Shed.NOTHING, 20, 0.2, 130);
    RoomResult half = new RoomResult(2, 17.5, 1, Shed.FRAME_RATE, 300, 0.2, 130);
    OwnFigures own = new OwnFigures(Optional.empty(), List.of(whole, half), List.of());
    Goal goal = goal(report(List.of(), own), "four 720p rooms");
    assertThat(goal.verdict()).isEqualTo(Goal.Verdict.MISSED);
    assertThat(goal.figure()).isEqualTo("1 of 2 did, the least 17.5/s");
  }

  @Test
  void countsMemoryInMillionsOfBytes() {
    Distribution.Summary millis = new Distribution.Summary(1_000, 96, 120, 140);
    DelayResult delay = new DelayResult(millis, millis, millis, 0, 0.4, 340, 30, Shed.FRAME_RATE);
    OwnFigures own = new OwnFigures(Optional.of(delay), List.of(), List.of());
    ComposerReport report = report(List.of(), own);
    assertThat(goal(report, "memory").figure()).isEqualTo("357 MB");
    assertThat(goal(report, "memory").verdict()).isEqualTo(Goal.Verdict.MISSED);
    assertThat(goal(report, "delay").figure()).isEqualTo("96 ms, shed: frame rate");
    assertThat(goal(report, "delay").verdict()).isEqualTo(Goal.Verdict.NO_COMPARISON);
    assertThat(ComposerTable.lines(report, false)).anyMatch(line -> line.contains("never"));
  }

  @Test
  void takesTheJitterBufferOutOfTheDelay() {
    Distribution.Summary whole = new Distribution.Summary(1_000, 196, 220, 240);
    Distribution.Summary afterDue = new Distribution.Summary(1_000, 20, 30, 40);
    DelayResult delay = new DelayResult(whole, whole, afterDue, 0, 0.4, 140, 30, Shed.NOTHING);
    OwnFigures own = new OwnFigures(Optional.of(delay), List.of(), List.of());
    Goal goal = goal(report(List.of(), own), "delay");
    assertThat(goal.figure()).isEqualTo("41 ms (196 with the buffer)");
    assertThat(goal.verdict()).isEqualTo(Goal.Verdict.MET);
  }

  @Test
  void tellsNoCostOfMovesThatWereNotMade() {
    TransitionResult shed = new TransitionResult("a ↔ b", 0.4, 0.3, 12, 12, 15, Shed.FRAME_RATE);
    OwnFigures own = new OwnFigures(Optional.empty(), List.of(), List.of(shed));
    assertThat(ComposerTable.lines(report(List.of(), own), false))
        .anyMatch(line -> line.startsWith("a ↔ b: no figure, it shed (frame rate)"));
  }

  @Test
  void tellsWhatOneMoveCosts() {
    TransitionResult moves = new TransitionResult("a ↔ b", 0.4, 0.46, 12, 12, 30, Shed.NOTHING);
    assertThat(moves.cpuPerMove()).isCloseTo(0.06, org.assertj.core.data.Offset.offset(1e-9));
  }
}
