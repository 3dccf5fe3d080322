package dev.amphi.composer.load;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.Ladder;
import java.util.List;
import java.util.Map;

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

  /** From the largest to the smallest, which is taken when nothing fits. */
  static final List<Ladder> LADDERS =
      List.of(
          Ladder.of("1080p", "720p", "480p", "360p"),
          Ladder.of("720p", "480p", "360p"),
          Ladder.of("720p", "360p"),
          Ladder.of("480p", "360p"),
          Ladder.of("360p"));

  /** Three classes in which everything moves are to find room beside each other. */
  private static final double SHARE = 1 / 3.0;

  /** Decoding four moving cameras, mixing and coding the sound, and what a process takes. */
  private static final double SOURCES = 0.15;

  /** Drawing a canvas of a million pixels, all of which changes. */
  private static final double DRAWING = 0.03;

  /** Scaling and coding each size. */
  private static final Map<String, Double> CODING =
      Map.of("1080p", 0.40, "720p", 0.20, "480p", 0.10, "360p", 0.07);

  /** What a program of four moving cameras takes here, in processors. */
  public double cost(Ladder ladder) {
    VideoRendition canvas = ladder.renditions().getFirst();
    double coding = ladder.ids().stream().mapToDouble(id -> CODING.getOrDefault(id, 0.0)).sum();
    double pixels = canvas.width() * canvas.height() / 1e6;
    return pace * (SOURCES + DRAWING * pixels + coding);
  }

  /**
   * Chooses for one more program.
   *
   * @param budget processors that programs and node may use together
   * @param used how many they do; 0 before the first program
   */
  public Ladder of(double budget, double used) {
    double most = Math.min(budget * SHARE, budget - used);
    return LADDERS.stream()
        .filter(ladder -> cost(ladder) <= most)
        .findFirst()
        .orElse(LADDERS.getLast());
  }
}
