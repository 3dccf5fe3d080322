package dev.amphi.interactive.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Over which pair the agent sends. */
class PairSelectionTest extends IceLiteScene {
  @Test
  void goesByPriorityWhileAggressiveNominationSettlesAndByTheLatestAfterwards() {
    agent.start(THEM);
    new Check().nominating().priority(200).over(WIFI, 0);
    new Check().nominating().priority(100).over(CELLULAR, SECOND);
    assertThat(selections()).containsExactly("selected 1");
    new Check().nominating().priority(300).over(pair(3), SECOND + 1);
    assertThat(selections()).containsExactly("selected 1", "selected 3");

    new Check().nominating().priority(100).over(CELLULAR, 10 * SECOND);

    assertThat(selections()).containsExactly("selected 1", "selected 3", "selected 2");
    assertThat(agent.switches()).isEqualTo(2);
  }

  @Test
  void prefersTheNominatedPairToOneThatWasOnlyTheFirst() {
    agent.start(THEM);
    new Check().priority(300).over(WIFI, 0);
    new Check().priority(400).over(CELLULAR, 1);
    new Check().nominating().priority(100).over(pair(3), 2);

    assertThat(selections()).containsExactly("selected 1", "selected 3");
  }

  @Test
  void followsAReboundAddressByACheckEvenWithoutNominationOnceTheOldOneIsSilent() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    new Check().over(CELLULAR, SECOND);
    agent.onMedia(WIFI.remote(), 4 * SECOND);
    new Check().over(CELLULAR, 9 * SECOND);
    assertThat(selections()).containsExactly("selected 1");

    new Check().over(CELLULAR, 9 * SECOND + 1);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
  }

  @Test
  void keepsTheOldPairThroughAnIceRestartUntilTheNewOneIsNominated() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    agent.restart(NEXT, THEY2, this);
    assertThat(agent.local()).isEqualTo(NEXT);

    new Check().nominating().over(WIFI, 3 * SECOND);
    new Check().restarted().over(CELLULAR, 3 * SECOND);
    assertThat(selections()).containsExactly("selected 1");
    new Check().restarted().nominating().over(CELLULAR, 3 * SECOND + 1);

    assertThat(selections()).containsExactly("selected 1", "selected 2");
    assertThat(told).contains("retired Abcd+/09");
    told.clear();
    new Check().nominating().over(WIFI, 20 * SECOND);
    assertThat(told).as("the old credentials are worth nothing any more").isEmpty();
  }

  @Test
  void restartsOnTheVerySamePair() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    agent.restart(NEXT, THEY2, this);
    new Check().restarted().nominating().over(WIFI, SECOND);

    assertThat(told).contains("retired Abcd+/09");
    assertThat(agent.switches()).isZero();
  }

  @Test
  void aSecondRestartReplacesOneThatWasNotFinished() {
    agent.start(THEM);
    new Check().nominating().over(WIFI, 0);
    IceCredentials third = new IceCredentials("Third/09", "t".repeat(24));
    agent.restart(NEXT, THEY2, this);
    agent.restart(third, THEY3, this);
    told.clear();

    new Check().restarted().nominating().over(CELLULAR, SECOND);
    assertThat(told).isEmpty();
    Check check = new Check().nominating();
    check.username = "Third/09:they3";
    check.password = third.password();
    check.over(CELLULAR, SECOND);

    assertThat(selections()).containsExactly("selected 2");
  }

  @Test
  void remembersEightPairsAndForgetsTheLongestSilent() {
    agent.start(THEM);
    new Check().nominating().over(pair(1), 0);
    for (int i = 2; i <= 9; i++) {
      new Check().over(pair(i), i);
    }

    assertThat(told).contains("forgotten 2").doesNotContain("forgotten 1");
    assertThat(agent.valid()).hasSize(IceLite.MAX_PAIRS);
  }

  @Test
  void goesOnOverAnotherValidPairWhenAConnectionEnds() {
    agent.start(THEM);
    new Check().over(CELLULAR, 0);
    new Check().nominating().over(WIFI, 1);
    agent.onGone(WIFI, this);

    assertThat(told).endsWith("forgotten 1", "selected 2");
  }
}
