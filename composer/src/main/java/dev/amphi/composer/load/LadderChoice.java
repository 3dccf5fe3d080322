package dev.amphi.composer.load;

import dev.amphi.composer.api.Ladder;
import java.util.List;

/**
 * Chooses in which sizes a program is coded: the largest ladder that a machine has the processors
 * for. A ladder stays for as long as its program, so that one class must not have what the next
 * ones need.
 *
 * @param pace how long this machine works for what the reference machine does in one unit of time:
 *     2 is half as fast
 */
public record LadderChoice(double pace) {
  /** The reference machine. */
  public static final LadderChoice REFERENCE = new LadderChoice(1);

  /** A ladder, and what a program of it takes of the reference machine, in processors. */
  record Rung(Ladder ladder, double cost) {
    static Rung of(double cost, String... ids) {
      return new Rung(Ladder.of(ids), cost);
    }

    /** Whether it is more than what slides can be read in. */
    boolean isLarge() {
      return ladder.renditions().size() > Ladder.STANDARD.renditions().size();
    }
  }

  /**
   * From the largest to the smallest, which is taken when nothing fits. Measured with four cameras
   * that move all over, in a grid, and four voices ({@code LadderCost}, docs/composer.md).
   */
  static final List<Rung> RUNGS =
      List.of(
          Rung.of(1.08, "1080p", "720p", "480p", "360p"),
          Rung.of(0.56, "720p", "480p", "360p"),
          Rung.of(0.44, "720p", "360p"),
          Rung.of(0.40, "480p", "360p"),
          Rung.of(0.31, "360p"));

  /**
   * What is more than the standard is taken where four such classes have room side by side: with
   * less, a machine that is a little slower at one start than at another would change its mind.
   */
  private static final double SHARE = 1 / 4.0;

  /**
   * Chooses for one more program.
   *
   * @param budget processors that programs and node may use together
   * @param used how many they do; 0 before the first program
   */
  public Ladder of(double budget, double used) {
    double left = budget - used;
    double more = Math.min(budget * SHARE, left);
    return RUNGS.stream()
        .filter(rung -> pace * rung.cost() <= (rung.isLarge() ? more : left))
        .findFirst()
        .orElse(RUNGS.getLast())
        .ladder();
  }

  /** What a program of that ladder is believed to take of this machine, in processors. */
  public double cost(Ladder ladder) {
    return pace
        * RUNGS.stream()
            .filter(rung -> rung.ladder().equals(ladder))
            .mapToDouble(Rung::cost)
            .findFirst()
            .orElse(RUNGS.getFirst().cost());
  }
}
