package dev.amphi.interactive.api;

import java.util.List;

/** What happens on the board that is in front of the class. */
public sealed interface BoardChange {
  /**
   * A stroke begins or grows.
   *
   * @param author the participant's id; with {@code id} it names the stroke
   * @param points x and y in turn, from 0 to 1 over the picture that is drawn on
   * @param done whether it has no more
   */
  record Grown(String author, String id, List<Double> points, boolean done) implements BoardChange {
    public Grown {
      points = List.copyOf(points);
    }
  }

  /** A stroke was taken back. */
  record Taken(String author, String id) implements BoardChange {}

  /** These strokes are all that is there: it was cleared, or another board was turned to. */
  record Whole(List<Grown> strokes) implements BoardChange {
    public Whole {
      strokes = List.copyOf(strokes);
    }
  }
}
