package dev.amphi.interactive.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** An address is sent nothing to before it has answered, whatever a check says. */
class AddressProofTest extends IceLiteScene {
  /** The password is right, the address is somebody else's who never asked for anything. */
  @Test
  void neverSendsMediaToAnAddressThatDoesNotAnswer() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    reachable = pair -> false;
    long asked = 0;
    long checked = 0;
    for (int i = 1; i <= 1_000; i++) {
      Check lie = new Check().nominating().priority(1_000);
      sent.clear();
      lie.over(CELLULAR, i * SECOND / 20);
      checked += lie.bytes().length;
      asked += sent.stream().mapToLong(message -> message.length).sum();
    }

    assertThat(selections()).containsExactly("selected 1");
    assertThat(told).filteredOn("ask 2"::equals).as("in 50 s").hasSizeLessThan(20);
    assertThat(asked).as("bytes to the stranger").isLessThan(checked);
  }

  @Test
  void movesAsSoonAsTheNewAddressAnswersACheckOfOurs() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    reachable = pair -> false;
    new Check().nominating().over(CELLULAR, 3 * SECOND);
    assertThat(selections()).containsExactly("selected 1");
    answerChecks(CELLULAR, CELLULAR, 3 * SECOND + 1);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
  }

  @Test
  void takesNoAnswerFromElsewhereAndNoneWithAnotherPassword() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    reachable = pair -> false;
    new Check().nominating().over(CELLULAR, 3 * SECOND);
    byte[] transaction = StunMessage.transaction(Objects.requireNonNull(checks.get(CELLULAR)));
    byte[] wrong = StunMessage.success(transaction, WIFI.remote().getAddress(), 1, OURS.password());
    agent.onMessage(wrong, wrong.length, CELLULAR, 3 * SECOND, this);
    byte[] other =
        StunMessage.success(new byte[12], WIFI.remote().getAddress(), 1, THEM.password());
    agent.onMessage(other, other.length, CELLULAR, 3 * SECOND, this);
    answerChecks(CELLULAR, WIFI, 3 * SECOND);

    assertThat(selections()).containsExactly("selected 1");
    assertThat(agent.rejected()).isEqualTo(3);
  }

  @Test
  void afterAConnectionEndedTooAnAddressHasToAnswerFirst() {
    agent.start(THEM);
    Pair connection = new Pair(WIFI.remote(), true);
    new Check().nominating().over(connection, 0);
    reachable = pair -> false;
    agent.onGone(connection, this);
    new Check().nominating().over(CELLULAR, SECOND);
    assertThat(selections()).containsExactly("selected 1");
    answerChecks(CELLULAR, CELLULAR, SECOND);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
  }

  @Test
  void anIceRestartMovesNothingToAnAddressThatDoesNotAnswer() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    agent.restart(NEXT, THEY2, this);
    reachable = pair -> false;
    new Check().restarted().nominating().over(CELLULAR, SECOND);

    assertThat(selections()).containsExactly("selected 1");
    assertThat(told).doesNotContain("retired Abcd+/09");
  }

  @Test
  void isNotMovedByACheckThatSomebodyOverheardAndSendsFromElsewhere() {
    agent.start(THEM);
    Check genuine = new Check().nominating();
    genuine.over(WIFI, 0);
    genuine.over(CELLULAR, 5 * SECOND);
    genuine.over(WIFI, 6 * SECOND);

    assertThat(told)
        .as("the far side itself may send it again")
        .containsExactly("valid 1", "success to 1", "selected 1", "ask 1", "success to 1");
  }
}
