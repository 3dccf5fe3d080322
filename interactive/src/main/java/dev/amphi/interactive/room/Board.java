package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.Gesture;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The strokes of a room, kept for those who come later, in the order in which they were begun. What
 * is full takes no more until somebody clears it: what is drawn does not vanish by itself.
 */
final class Board {
  /** Strokes kept. */
  static final int MOST_STROKES = 2_000;

  /** Points kept, of all strokes together; told, they are 14 bytes each at most. */
  static final int MOST_POINTS = 30_000;

  /** The part of a board that one person may fill who does not moderate: this part of it. */
  static final int SHARES = 4;

  private record Key(String author, String id) {}

  private record Drawn(List<Double> points, boolean done) {
    int count() {
      return points.size() / 2;
    }
  }

  /** What is kept of one person, or of all. */
  private static final class Count {
    int strokes;
    int points;

    boolean takes(int moreStrokes, int morePoints, int shares) {
      return strokes + moreStrokes <= MOST_STROKES / shares
          && points + morePoints <= MOST_POINTS / shares;
    }

    void add(int moreStrokes, int morePoints) {
      strokes += moreStrokes;
      points += morePoints;
    }
  }

  private final Map<Key, Drawn> strokes = new LinkedHashMap<>();
  private final Map<String, Count> authors = new HashMap<>();
  private final Count all = new Count();

  /** Whose strokes are kept. */
  Set<String> authors() {
    return authors.keySet();
  }

  /** Takes each stroke in turn. */
  interface Strokes {
    void stroke(String author, String id, List<Double> points, boolean done);
  }

  /** Tells all strokes, in the order in which they were begun. */
  void each(Strokes sink) {
    strokes.forEach((key, drawn) -> sink.stroke(key.author, key.id, drawn.points, drawn.done));
  }

  /** Points of all strokes. */
  int points() {
    return all.points;
  }

  boolean isEmpty() {
    return strokes.isEmpty();
  }

  /**
   * Takes what a stroke has grown by; refuses with 409 {@code too_many} when the board is full.
   *
   * @param moderates whether the author may fill it alone: whoever may also clear it
   */
  void add(String author, Gesture.Stroke stroke, boolean moderates) throws Refusal {
    Key key = new Key(author, stroke.id());
    Drawn before = strokes.get(key);
    int begun = before == null ? 1 : 0;
    int grown = stroke.points().size() / 2;
    if (!all.takes(begun, grown, 1)) {
      throw full("The board is full", all, "ask who moderates to clear it.");
    }
    Count own = authors.getOrDefault(author, new Count());
    if (!moderates && !own.takes(begun, grown, SHARES)) {
      throw full(
          "Your quarter of the board is full", own, "take something back, or ask to clear it.");
    }
    authors.put(author, own);
    own.add(begun, grown);
    all.add(begun, grown);
    List<Double> points = before == null ? new ArrayList<>() : before.points;
    points.addAll(stroke.points());
    strokes.put(key, new Drawn(points, stroke.done()));
  }

  private static Refusal full(String what, Count of, String advice) {
    String count = " (" + of.strokes + " strokes, " + of.points + " points): ";
    return new Refusal(409, "too_many", what + count + advice);
  }

  /** Takes a stroke of one's own away; refused with 404 when there is none. */
  void undo(String author, String id) throws Refusal {
    Drawn gone = strokes.remove(new Key(author, id));
    if (gone == null) {
      throw new Refusal(404, "unknown_stroke", "You drew no stroke '" + id + "'.");
    }
    uncount(author, gone);
  }

  /** Takes all away that somebody drew; false when that is nothing. */
  boolean forget(String author) {
    boolean drew =
        strokes
            .entrySet()
            .removeIf(
                stroke -> {
                  boolean theirs = stroke.getKey().author.equals(author);
                  if (theirs) {
                    uncount(author, stroke.getValue());
                  }
                  return theirs;
                });
    authors.remove(author);
    return drew;
  }

  private void uncount(String author, Drawn gone) {
    all.add(-1, -gone.count());
    Count own = authors.get(author);
    if (own != null) {
      own.add(-1, -gone.count());
      if (own.strokes == 0) {
        authors.remove(author);
      }
    }
  }

  void clear() {
    strokes.clear();
    authors.clear();
    all.add(-all.strokes, -all.points);
  }

  /**
   * All that is there, in messages of bounded size: the first stands for the whole board, each
   * later one adds to it, and a long stroke may go on from one to the next.
   */
  List<ServerMessage.Board> told() {
    BoardPages pages = new BoardPages();
    each(pages::add);
    return pages.all();
  }
}
