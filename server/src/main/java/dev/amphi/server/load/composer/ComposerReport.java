package dev.amphi.server.load.composer;

import dev.amphi.server.load.Spread;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * All measurements of a run.
 *
 * @param versions what ran
 * @param machine what it ran on, and how busy that was
 * @param own what was measured of this composer alone
 * @param notes what a reader has to know to judge the numbers
 */
public record ComposerReport(
    List<String> versions,
    List<String> machine,
    List<ComposerSample> samples,
    OwnFigures own,
    List<String> commands,
    List<String> notes) {
  /** Fewer pictures a second than this say that something was shed. */
  private static final double ALL_PICTURES = 0.98 * BenchScene.FRAMES_PER_SECOND;

  public ComposerReport {
    versions = List.copyOf(versions);
    machine = List.copyOf(machine);
    samples = List.copyOf(samples);
    commands = List.copyOf(commands);
    notes = List.copyOf(notes);
  }

  List<ComposerPlan.Case> cases() {
    return samples.stream().map(ComposerSample::of).distinct().toList();
  }

  List<String> contestants(ComposerPlan.Case of) {
    return samples.stream().filter(s -> s.of() == of).map(ComposerSample::who).distinct().toList();
  }

  List<ComposerSample> of(ComposerPlan.Case of, String who) {
    return samples.stream().filter(s -> s.of() == of && s.who().equals(who)).toList();
  }

  /** The fewest pictures a second that this composer made, when it shed; empty when it did not. */
  OptionalDouble shedTo(ComposerPlan.Case of) {
    return of(of, AmphiContestant.NAME).stream()
        .mapToDouble(ComposerSample::pictures)
        .filter(pictures -> pictures < ALL_PICTURES)
        .min();
  }

  /** The first's cost over the second's, round by round; NaN when one was not measured. */
  Spread ratio(ComposerPlan.Case of, String first, String second) {
    return Spread.of(
        of(of, first).stream()
            .mapToDouble(
                one ->
                    of(of, second).stream()
                        .filter(other -> other.round() == one.round())
                        .mapToDouble(other -> one.cpu() / other.cpu())
                        .findFirst()
                        .orElse(Double.NaN))
            .toArray());
  }

  /**
   * The largest of the ratios' medians to some others: that to the best of them. Empty when none of
   * them was measured.
   */
  OptionalDouble ratioToBest(ComposerPlan.Case of, String who, Predicate<String> others) {
    return contestants(of).stream()
        .filter(others)
        .mapToDouble(other -> ratio(of, who, other).median())
        .filter(Double::isFinite)
        .max();
  }
}
