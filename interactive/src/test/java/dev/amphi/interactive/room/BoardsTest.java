package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.Gesture;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardsTest {
  private final Boards boards = new Boards();

  private void draw(String author, String id) throws Refusal {
    boards.add(author, new Gesture.Stroke(id, List.of(0.1, 0.2), true), true);
  }

  private List<String> shown() {
    return boards.whole().strokes().stream().map(BoardChange.Grown::id).toList();
  }

  @Test
  void eachPageKeepsItsStrokes() throws Refusal {
    draw("ada", "before");
    assertThat(boards.turn("d/1")).isTrue();
    assertThat(boards.turn("d/1")).isFalse();
    assertThat(shown()).isEmpty();
    draw("ada", "one");
    boards.turn("d/2");
    draw("ada", "two");
    boards.turn("d/1");
    assertThat(shown()).containsExactly("one");
    boards.turn(Boards.NO_PAGE);
    assertThat(shown()).containsExactly("before");
  }

  @Test
  void whoIsRemovedIsForgottenOnEveryPage() throws Refusal {
    boards.turn("d/1");
    draw("eve", "one");
    draw("ada", "mine");
    boards.turn("d/2");
    draw("eve", "two");
    assertThat(boards.forget("eve")).isTrue();
    assertThat(shown()).isEmpty();
    boards.turn("d/1");
    assertThat(shown()).containsExactly("mine");
  }

  @Test
  void allPagesTogetherAreBounded() throws Refusal {
    List<Double> many = Collections.nCopies(2 * Board.MOST_POINTS, 0.5);
    for (int page = 1; page <= 4; page++) {
      boards.turn("d/" + page);
      boards.add("ada", new Gesture.Stroke("s", many, true), true);
    }
    boards.turn("d/5");
    assertThatThrownBy(() -> draw("ada", "more"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("The pages are full (120000 points in all)");
  }
}
