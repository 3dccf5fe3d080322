package dev.amphi.composer.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.Ladder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ReservationsTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Offset<Double> EXACTLY = within(1e-9);

  private final Reservations reservations = new Reservations();

  @Test
  void whatWasChosenCountsAtOnce() {
    reservations.chose("a", 0.44, 0);
    assertThat(reservations.any("b", 0)).isTrue();
    assertThat(reservations.taken("b", Map.of(), 0)).isCloseTo(0.44, EXACTLY);
    reservations.chose("b", 0.31, 0);
    reservations.started("a", 0);
    assertThat(reservations.taken("c", Map.of(), 0)).isCloseTo(0.75, EXACTLY);
  }

  @Test
  void aRoomDoesNotStandInItsOwnWay() {
    reservations.chose("a", 0.44, 0);
    assertThat(reservations.any("a", 0)).isFalse();
    assertThat(reservations.taken("a", Map.of(), 0)).isZero();
  }

  @Test
  void aSlateWillBecomeAClass() {
    reservations.chose("a", 0.44, 0);
    reservations.started("a", SECOND);
    Map<String, Double> seen = Map.of("a", 0.1);
    assertThat(reservations.taken("b", seen, 20 * SECOND)).isCloseTo(0.44, EXACTLY);
    assertThat(reservations.taken("b", Map.of("a", 0.6), 20 * SECOND)).isCloseTo(0.6, EXACTLY);
    assertThat(reservations.taken("b", seen, 32 * SECOND)).isCloseTo(0.1, EXACTLY);
    assertThat(reservations.taken("b", Map.of(), 32 * SECOND)).isCloseTo(0.44, EXACTLY);
  }

  @Test
  void whoNeverStartsIsForgottenAndWhoWentToo() {
    reservations.chose("a", 0.44, 0);
    reservations.chose("b", 0.44, 0);
    reservations.started("b", 0);
    assertThat(reservations.any("c", 21 * SECOND)).isTrue();
    assertThat(reservations.taken("c", Map.of(), 21 * SECOND)).isCloseTo(0.44, EXACTLY);
    reservations.left("b");
    assertThat(reservations.any("c", 21 * SECOND)).isFalse();
  }

  /** Two processors, of which the node needs little: what each of six classes gets in turn. */
  @Test
  void classesThatOpenTogetherShareTheMachine() {
    List<String> ladders = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String room = "room" + i;
      double used = reservations.taken(room, Map.of(), 0);
      Ladder ladder = LadderChoice.REFERENCE.of(2, used);
      ladders.add(ladder.toString());
      reservations.chose(room, LadderChoice.REFERENCE.cost(ladder), 0);
    }
    assertThat(ladders)
        .containsExactly("720p,360p", "720p,360p", "720p,360p", "720p,360p", "360p", "360p");
  }
}
