package dev.amphi.interactive.transport.caller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.transport.ice.IceCredentials;
import dev.amphi.interactive.transport.ice.StunMessage;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConnectivityChecksTest {
  private static final long SECOND = 1_000_000_000L;
  private static final InetSocketAddress A = new InetSocketAddress("192.0.2.1", 10_000);
  private static final InetSocketAddress B = new InetSocketAddress("192.0.2.2", 10_000);

  private final List<InetSocketAddress> sentTo = new ArrayList<>();
  private final List<byte[]> sent = new ArrayList<>();
  private final ConnectivityChecks checks =
      new ConnectivityChecks(
          new Random(1),
          new IceCredentials("us", "ours"),
          new IceCredentials("them", "secret"),
          List.of(A, B),
          0);

  @Test
  void checksTheCandidatesInTurnEveryFiftyMilliseconds() {
    for (long now = 0; now < 200_000_000L; now += 10_000_000L) {
      poll(now);
    }

    assertThat(sentTo).containsExactly(A, B, A, B);
  }

  @Test
  void staysWithTheFirstThatAnswersAndAsksItsConsentEveryFiveSeconds() {
    poll(0);
    poll(50_000_000L);
    byte[] answer = answerTo(1, "secret");

    assertThat(checks.answered(answer, answer.length, B, 60_000_000L)).isEqualTo(B);
    sentTo.clear();
    for (long now = 60_000_000L; now < 12 * SECOND; now += SECOND / 10) {
      poll(now);
    }

    assertThat(sentTo).containsExactly(B, B);
  }

  @Test
  void provesEveryAddressThatAnswersButKeepsAskingTheFirst() {
    poll(0);
    poll(50_000_000L);
    byte[] first = answerTo(0, "secret");
    byte[] second = answerTo(1, "secret");

    assertThat(checks.answered(first, first.length, A, 60_000_000L)).isEqualTo(A);
    assertThat(checks.answered(second, second.length, B, 61_000_000L)).isEqualTo(B);
    assertThat(checks.answered(second, second.length, B, 62_000_000L)).isNull();
    sentTo.clear();
    poll(6 * SECOND);

    assertThat(sentTo).containsExactly(A);
  }

  @Test
  void believesNoAnswerWithAnotherPasswordOrFromAnotherAddressOrToAnotherCheck() {
    poll(0);
    byte[] forged = answerTo(0, "guess");
    byte[] genuine = answerTo(0, "secret");
    byte[] unasked = StunMessage.success(new byte[12], A.getAddress(), 1, "secret");

    assertThat(checks.answered(forged, forged.length, A, 1)).isNull();
    assertThat(checks.lastAnswerNanos()).isZero();
    assertThat(checks.answered(genuine, genuine.length, B, 1)).isNull();
    assertThat(checks.answered(unasked, unasked.length, A, 1)).isNull();
    assertThat(checks.answered(genuine, genuine.length, A, 1)).isEqualTo(A);
    assertThat(checks.lastAnswerNanos()).isEqualTo(1);
  }

  @Test
  void writesWhatRfc5769CallsAnAuthenticMessage() {
    poll(0);
    byte[] request = sent.get(0);

    assertThat(StunMessage.type(request, request.length)).isEqualTo(StunMessage.BINDING_REQUEST);
    assertThat(StunMessage.authentic(request, request.length, "secret")).isTrue();
    assertThat(StunMessage.authentic(request, request.length, "Secret")).isFalse();
    request[30] ^= 1;
    assertThat(StunMessage.authentic(request, request.length, "secret")).isFalse();
  }

  private byte[] answerTo(int check, String password) {
    return StunMessage.success(
        StunMessage.transaction(sent.get(check)), A.getAddress(), 5_000, password);
  }

  private void poll(long nowNanos) {
    checks.poll(
        nowNanos,
        (message, to) -> {
          sent.add(message);
          sentTo.add(to);
        });
  }
}
