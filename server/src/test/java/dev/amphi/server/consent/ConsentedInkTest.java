package dev.amphi.server.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.BoardChange;
import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsentedInkTest {
  private final ConsentedInk ink = new ConsentedInk();

  private static BoardChange.Grown stroke(String author, String id) {
    return new BoardChange.Grown(author, id, List.of(0.1, 0.2), false);
  }

  private List<BoardChange> is(String id, Consent consent) {
    return ink.participant(
        new ParticipantView(id, id, Role.STUDENT, StageState.ON_STAGE, List.of(), consent));
  }

  @Test
  void noStrokeOfWhoSaidNoIsInTheProgram() {
    is("ben", Consent.FORBIDDEN);
    assertThat(ink.drawn(stroke("ben", "1"))).isEmpty();
    assertThat(ink.drawn(new BoardChange.Taken("ben", "1"))).isEmpty();
    assertThat(ink.drawn(stroke("ada", "1"))).containsExactly(stroke("ada", "1"));
    assertThat(ink.drawn(new BoardChange.Whole(List.of(stroke("ben", "1"), stroke("ada", "1")))))
        .containsExactly(new BoardChange.Whole(List.of(stroke("ada", "1"))));
  }

  @Test
  void aWithdrawalTakesBackWhatIsThereOnce() {
    ink.drawn(stroke("ben", "1"));
    ink.drawn(stroke("ben", "2"));
    ink.drawn(stroke("ada", "3"));
    ink.drawn(new BoardChange.Taken("ben", "2"));
    assertThat(is("ben", Consent.DECLINED)).containsExactly(new BoardChange.Taken("ben", "1"));
    assertThat(is("ben", Consent.DECLINED)).isEmpty();
  }

  @Test
  void aYesLetsNewStrokesInAndTheOldOnesWithTheNextBoard() {
    is("ben", Consent.DECLINED);
    assertThat(is("ben", Consent.GIVEN)).isEmpty();
    assertThat(ink.drawn(stroke("ben", "2"))).hasSize(1);
    BoardChange whole = new BoardChange.Whole(List.of(stroke("ben", "1"), stroke("ben", "2")));
    assertThat(ink.drawn(whole)).containsExactly(whole);
  }
}
