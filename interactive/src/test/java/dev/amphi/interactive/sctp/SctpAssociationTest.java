package dev.amphi.interactive.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.rtp.ByteFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an association comes to be and ends, and what it promises in between. */
class SctpAssociationTest {
  private static final Conditions LOSSY = Conditions.of(20, 10, 0.3);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void bothSidesMayCallAtOnceThroughThirtyPercentLoss(long seed) {
    SctpPair pair = new SctpPair(seed, LOSSY);
    pair.near.association.connect(pair.now());
    pair.far.association.connect(pair.now());
    pair.run(60_000);
    assertThat(pair.near.association.established()).isTrue();
    assertThat(pair.far.association.established()).isTrue();
    assertThatMessagesFlow(pair);
  }

  private static void assertThatMessagesFlow(SctpPair pair) {
    pair.near.send(0, SctpEnd.numbered(1, 100), false, Reliability.RELIABLE, pair.now());
    pair.far.send(0, SctpEnd.numbered(2, 100), false, Reliability.RELIABLE, pair.now());
    pair.run(60_000);
    assertThat(pair.far.numbers()).containsExactly(1);
    assertThat(pair.near.numbers()).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void oneSideMayWaitForTheOther(long seed) {
    SctpPair pair = new SctpPair(seed, LOSSY);
    pair.near.association.connect(pair.now());
    pair.run(60_000);
    assertThat(pair.far.association.established()).isTrue();
    assertThatMessagesFlow(pair);
  }

  @Test
  void whatIsSentBeforeTheHandshakeArrives() {
    SctpPair pair = new SctpPair(1, Conditions.PERFECT);
    pair.near.send(5, SctpEnd.numbered(7, 50), false, Reliability.RELIABLE, pair.now());
    pair.near.association.connect(pair.now());
    pair.run(1_000);
    assertThat(pair.far.numbers()).containsExactly(7);
  }

  @Test
  void nobodyAnswersTheHandshakeAndItSaysSo() {
    SctpPair pair = new SctpPair(1, Conditions.of(10, 0, 1));
    pair.near.association.connect(pair.now());
    pair.run(60_000);
    assertThat(pair.near.closed).contains("did not answer");
    assertThat(pair.near.association.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aShutdownLetsEverythingArriveFirst(long seed) {
    SctpPair pair = SctpPair.established(seed, Conditions.of(20, 10, 0.1));
    for (int i = 0; i < 100; i++) {
      pair.near.send(1, SctpEnd.numbered(i, 1_000), false, Reliability.RELIABLE, pair.now());
    }
    pair.near.association.shutdown();
    assertThat(pair.near.send(1, new byte[1], false, Reliability.RELIABLE, pair.now())).isFalse();
    pair.run(60_000);
    assertThat(pair.far.received).hasSize(100);
    assertThat(pair.near.association.ended()).isTrue();
    assertThat(pair.far.association.ended()).isTrue();
  }

  @Test
  void anAbortEndsBothSidesAtOnce() {
    SctpPair pair = SctpPair.established(1, Conditions.PERFECT);
    pair.near.association.abort("the class is over");
    pair.run(100);
    assertThat(pair.near.closed).isEqualTo("the class is over");
    assertThat(pair.far.closed).contains("aborted");
    assertThat(pair.far.association.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void aStreamThatIsResetCountsFromZeroAgain(long seed) {
    SctpPair pair = SctpPair.established(seed, Conditions.of(20, 10, 0.15));
    List<Integer> expected = new ArrayList<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 10; i++) {
        int number = round * 10 + i;
        expected.add(number);
        pair.near.send(3, SctpEnd.numbered(number, 500), false, Reliability.RELIABLE, pair.now());
      }
      pair.near.association.reset(3);
      pair.run(20_000);
    }
    assertThat(pair.far.numbers()).isEqualTo(expected);
    assertThat(pair.far.incomingResets).containsExactly(3, 3, 3, 3, 3);
    assertThat(pair.near.outgoingResets).containsExactly(3, 3, 3, 3, 3);
  }

  @Test
  void anIdleFarSideIsAskedWhetherItIsThere() {
    SctpPair pair = SctpPair.established(1, Conditions.PERFECT);
    pair.run(300_000);
    assertThat(pair.near.association.established()).isTrue();
    pair.conditions(Conditions.of(1, 0, 1));
    pair.run(3_600_000);
    assertThat(pair.near.association.ended()).isTrue();
    assertThat(pair.far.association.ended()).isTrue();
  }

  @Test
  void theSendBufferHasAnEnd() {
    SctpPair pair = SctpPair.established(1, Conditions.PERFECT);
    int taken = 0;
    while (pair.near.send(1, new byte[10_000], false, Reliability.RELIABLE, pair.now())) {
      taken++;
    }
    assertThat(taken).isEqualTo(26);
    assertThat(pair.near.association.bufferedBytes(1)).isEqualTo(260_000);
    pair.run(5_000);
    assertThat(pair.near.association.bufferedBytes(1)).isZero();
    assertThat(pair.far.received).hasSize(26);
  }

  @Test
  void messagesTooLargeOrEmptyAreTheCallersMistake() {
    SctpPair pair = SctpPair.established(1, Conditions.PERFECT);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> pair.near.send(1, new byte[65_537], false, Reliability.RELIABLE, pair.now()))
        .withMessageContaining("65537");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pair.near.send(1, new byte[0], false, Reliability.RELIABLE, pair.now()));
    assertThat(pair.near.send(1_024, new byte[1], false, Reliability.RELIABLE, pair.now()))
        .isFalse();
  }

  @Test
  void noPacketIsLargerThanARecordCarries() {
    SctpPair pair = SctpPair.established(1, Conditions.PERFECT);
    for (int i = 0; i < 50; i++) {
      pair.near.send(i, new byte[1 + 1_300 * i % 5_000], false, Reliability.RELIABLE, pair.now());
    }
    int[] largest = new int[1];
    pair.near.association.poll(
        pair.now(),
        (buffer, offset, length) -> {
          largest[0] = Math.max(largest[0], length);
          assertThat(ByteFields.u16(buffer, offset)).isEqualTo(5000);
          assertThat(length % 4).isZero();
        });
    assertThat(largest[0]).isBetween(1_100, 1_160);
  }
}
