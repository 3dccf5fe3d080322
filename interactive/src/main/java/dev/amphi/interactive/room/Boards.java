package dev.amphi.interactive.room;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.Gesture;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One board for each page of slides and one for everything else; only that of the page which is up
 * is in front of the class. Who turns back finds what was drawn there.
 */
final class Boards {
  /** Points kept, of all boards together. */
  static final int MOST_POINTS = 4 * Board.MOST_POINTS;

  /** What is drawn on when no slides are up. */
  static final String NO_PAGE = "";

  private final Map<String, Board> boards = new HashMap<>();
  private String page = NO_PAGE;
  private Board front = new Board();

  /** The one in front of the class. */
  Board front() {
    return front;
  }

  /** Brings another page's board to the front; false when it is there already. */
  boolean turn(String to) {
    if (to.equals(page)) {
      return false;
    }
    if (!front.isEmpty()) {
      boards.put(page, front);
    }
    page = to;
    Board kept = boards.remove(to);
    front = kept == null ? new Board() : kept;
    return true;
  }

  /** As {@link Board#add}; refused too when all boards together are full. */
  void add(String author, Gesture.Stroke stroke, boolean moderates) throws Refusal {
    int all = front.points() + boards.values().stream().mapToInt(Board::points).sum();
    if (all + stroke.points().size() / 2 > MOST_POINTS) {
      throw new Refusal(
          409,
          "too_many",
          "The pages are full (" + all + " points in all): clear one that is needed no more.");
    }
    front.add(author, stroke, moderates);
  }

  /** Takes all away that somebody drew, on every page; false when that is nothing in front. */
  boolean forget(String author) {
    boards.values().forEach(board -> board.forget(author));
    boards.values().removeIf(Board::isEmpty);
    return front.forget(author);
  }

  /** All that is in front of the class. */
  BoardChange.Whole whole() {
    List<BoardChange.Grown> strokes = new ArrayList<>();
    front.each(
        (author, id, points, done) -> strokes.add(new BoardChange.Grown(author, id, points, done)));
    return new BoardChange.Whole(strokes);
  }
}
