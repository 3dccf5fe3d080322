package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.Gesture;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The strokes of a room, kept for those who come later, in the order in which they were begun. What
 * is full takes no more until somebody clears it: what is drawn does not vanish by itself.
 */
final class Board {
  /** Strokes kept. */
  static final int MOST_STROKES = 2_000;

  /** Points kept, of all strokes together; told, they are 14 bytes each at most. */
  static final int MOST_POINTS = 30_000;

  private record Key(String author, String id) {}

  private record Drawn(List<Double> points, boolean done) {}

  private final Map<Key, Drawn> strokes = new LinkedHashMap<>();
  private int points;

  boolean isEmpty() {
    return strokes.isEmpty();
  }

  /** Takes what a stroke has grown by; refuses with 409 {@code too_many} when the board is full. */
  void add(String author, Gesture.Stroke stroke) throws Refusal {
    Key key = new Key(author, stroke.id());
    Drawn before = strokes.get(key);
    int grown = stroke.points().size() / 2;
    if ((before == null && strokes.size() >= MOST_STROKES) || points + grown > MOST_POINTS) {
      throw new Refusal(
          409,
          "too_many",
          "The board is full ("
              + strokes.size()
              + " strokes, "
              + points
              + " points): ask who moderates to clear it.");
    }
    points += grown;
    List<Double> all = before == null ? new ArrayList<>() : before.points;
    all.addAll(stroke.points());
    strokes.put(key, new Drawn(all, stroke.done()));
  }

  /** Takes a stroke of one's own away; refused with 404 when there is none. */
  void undo(String author, String id) throws Refusal {
    Drawn gone = strokes.remove(new Key(author, id));
    if (gone == null) {
      throw new Refusal(404, "unknown_stroke", "You drew no stroke '" + id + "'.");
    }
    points -= gone.points.size() / 2;
  }

  void clear() {
    strokes.clear();
    points = 0;
  }

  /**
   * All that is there, in messages of bounded size: the first stands for the whole board, each
   * later one adds to it, and a long stroke may go on from one to the next.
   */
  List<ServerMessage.Board> told() {
    BoardPages pages = new BoardPages();
    strokes.forEach((key, drawn) -> pages.add(key.author, key.id, drawn.points, drawn.done));
    return pages.all();
  }
}
