package dev.amphi.interactive.transport.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the agent answers, and to whom. */
class IceLiteTest extends IceLiteScene {
  @Test
  void answersACheckWithWhereItCameFromAndValidatesThePairBefore() {
    agent.start(THEM);
    Check check = new Check();
    check.over(WIFI, 0);

    assertThat(told).containsExactly("valid 1", "success to 1", "selected 1", "ask 1");
    byte[] answer = sent.getFirst();
    assertThat(StunMessage.type(answer, answer.length)).isEqualTo(StunMessage.BINDING_SUCCESS);
    assertThat(StunMessage.transaction(answer)).isEqualTo(check.transaction);
    assertThat(StunMessage.authentic(answer, answer.length, OURS.password())).isTrue();
    assertThat(StunMessage.fingerprinted(answer, answer.length)).isTrue();
    int value = StunMessage.find(answer, answer.length, StunMessage.XOR_MAPPED_ADDRESS);
    assertThat(StunMessage.uint16(answer, value + 2) ^ 0x2112).isEqualTo(5_000);
    assertThat(StunMessage.int32(answer, value + 4) ^ 0x2112A442).isEqualTo(0xC0000201);
  }

  @Test
  void isSilentToWhatIsNotAuthentic() {
    agent.start(THEM);
    Check guessed = new Check();
    guessed.password = "guess";
    guessed.over(WIFI, 0);
    Check another = new Check();
    another.username = "Abcd+/09:other";
    another.over(WIFI, 0);
    byte[] cut = new Check().bytes();
    agent.onMessage(cut, cut.length - 8, WIFI, 0, this);
    byte[] flipped = new Check().bytes();
    flipped[flipped.length - 1] ^= 1;
    agent.onMessage(flipped, flipped.length, WIFI, 0, this);
    byte[] response = StunMessage.success(new byte[12], WIFI.remote().getAddress(), 1, "p");
    agent.onMessage(response, response.length, WIFI, 0, this);

    assertThat(told).isEmpty();
    assertThat(agent.rejected()).isEqualTo(5);
  }

  @Test
  void isSilentBeforeItKnowsTheFarSide() {
    new Check().over(WIFI, 0);

    assertThat(told).isEmpty();
  }

  @Test
  void readsNoBytesBeyondAnyMessageHoweverItIsBroken() {
    agent.start(THEM);
    byte[] whole = new Check().nominating().bytes();
    for (int i = 0; i < 200_000; i++) {
      byte[] broken = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
      for (int flips = random.nextInt(4); flips > 0 && broken.length > 0; flips--) {
        broken[random.nextInt(broken.length)] = (byte) random.nextInt();
      }
      if (!Arrays.equals(broken, whole)) {
        assertThat(IceCredentials.keyOf(broken, broken.length)).isNotEqualTo(1);
        agent.onMessage(broken, broken.length, WIFI, 0, this);
      }
    }

    assertThat(told).isEmpty();
  }

  @Test
  void tellsAFarSideInTheWrongRoleToBeControlling() {
    agent.start(THEM);
    Check check = new Check();
    check.controlled = true;
    check.over(WIFI, 0);

    assertThat(told).containsExactly("error 487 to 1");
  }

  @Test
  void namesAnAttributeThatItShouldUnderstandAndDoesNot() {
    agent.start(THEM);
    Check check = new Check();
    check.strange = 0x0029;
    check.over(WIFI, 0);
    Check optional = new Check();
    optional.strange = 0xC057;
    optional.over(WIFI, 0);

    assertThat(told)
        .containsExactly("error 420 to 1", "valid 1", "success to 1", "selected 1", "ask 1");
  }

  @Test
  void neverSaysMoreThanItWasAsked() {
    agent.start(THEM);
    for (int i = 0; i < 100; i++) {
      Check check = new Check();
      check.nominates = random.nextBoolean();
      check.controlled = random.nextBoolean();
      check.strange = random.nextBoolean() ? 0 : 0x0029;
      byte[] bytes = check.bytes();
      sent.clear();
      agent.onMessage(bytes, bytes.length, pair(i), i, this);

      assertThat(sent)
          .allSatisfy(answer -> assertThat(answer).hasSizeLessThanOrEqualTo(bytes.length));
    }
  }
}
