package dev.amphi.composer.load;

import java.util.Locale;
import java.util.Optional;

/**
 * Decides whether a machine has room for one program more, by what those that run take.
 *
 * @param budget how many processors programs and node may use together
 */
public record Admission(double budget) {
  /** Every program is let in. */
  public static final Admission UNLIMITED = new Admission(Double.POSITIVE_INFINITY);

  /** What one program of cameras takes before it was measured, and what another is believed. */
  private static final double TYPICAL = 0.35;

  /**
   * Asks for one more; a machine that has none takes one in any case.
   *
   * @param node processors that the node itself uses
   * @param programs processors that the measured programs use, together
   * @param measured how many these are
   * @param running how many run, measured or not
   * @return why there is no room, in a sentence for the person who asked; empty when there is
   */
  public Optional<String> refusal(double node, double programs, int measured, int running) {
    double mean = measured == 0 ? TYPICAL : programs / measured;
    double more = Math.max(TYPICAL, mean);
    double used = used(node, programs, measured, running);
    if (running == 0 || used + more <= budget) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "This machine has no room for another class's program: the node and its %s use %.2f of"
                + " %.2f processors, and one more takes about %.2f. End a class, or use another"
                + " node.",
            running == 1 ? "program" : running + " programs",
            used,
            budget,
            more));
  }

  /** Processors that node and programs use, with what has just started as it is believed. */
  public double used(double node, double programs, int measured, int running) {
    return node + programs + Math.max(0, running - measured) * TYPICAL;
  }
}
