package dev.amphi.interactive.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two whole associations through bad networks, in virtual time. */
class SctpScenarioTest {
  private static final long MILLI = SctpPair.MILLI;
  private static final Conditions BAD = new Conditions(20 * MILLI, 30 * MILLI, 0.10, 0.05, 0, 0);
  private static final Conditions DARK = Conditions.of(20, 0, 1);

  /** Sends numbered messages whenever there is room. */
  private static final class Feed {
    private final SctpPair pair;
    private final int count;
    private final IntUnaryOperator lengths;
    private final boolean unordered;
    private final Reliability reliability;
    private int next;

    Feed(
        SctpPair pair,
        int count,
        IntUnaryOperator lengths,
        boolean unordered,
        Reliability reliability) {
      this.pair = pair;
      this.count = count;
      this.lengths = lengths;
      this.unordered = unordered;
      this.reliability = reliability;
      pair.beforeEachStep(this::fill);
    }

    private void fill() {
      while (next < count
          && pair.near.send(
              1,
              SctpEnd.numbered(next, lengths.applyAsInt(next)),
              unordered,
              reliability,
              pair.now())) {
        next++;
      }
    }
  }

  private static List<Integer> upTo(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static void assertNothingIsHeld(SctpPair pair) {
    assertThat(pair.near.association.heldBytes()).isZero();
    assertThat(pair.far.association.heldBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void tenThousandMessagesArriveInOrderExactlyOnceUnderTenPercentLoss(long seed) {
    SctpPair pair = SctpPair.established(seed, BAD);
    Random lengths = new Random(seed);
    new Feed(pair, 10_000, n -> 4 + lengths.nextInt(600), false, Reliability.RELIABLE);
    pair.run(600_000);
    assertThat(pair.far.numbers()).isEqualTo(upTo(10_000));
    assertThat(pair.near.association.stats().retransmissions()).isPositive();
    assertThat(pair.far.association.stats().duplicates()).isPositive();
    assertNothingIsHeld(pair);
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void largeMessagesAreCutAndPutTogetherAgain(long seed) {
    SctpPair pair = SctpPair.established(seed, BAD);
    int[] sizes = {65_536, 4, 1_132, 1_133, 20_000, 65_535};
    new Feed(pair, 60, n -> sizes[n % sizes.length], false, Reliability.RELIABLE);
    pair.run(600_000);
    assertThat(pair.far.numbers()).isEqualTo(upTo(60));
    assertThat(pair.far.received)
        .allSatisfy(
            message -> {
              byte[] sent =
                  SctpEnd.numbered(message.number(), sizes[message.number() % sizes.length]);
              assertThat(message.data).isEqualTo(sent);
            });
    assertThat(pair.far.mostHeldBytes).isLessThan(SctpConfig.WEBRTC.receiveBytes() + 65_536);
    assertNothingIsHeld(pair);
  }

  @ParameterizedTest
  @ValueSource(longs = {6, 7})
  void unorderedMessagesAllArriveOnceAndDoNotWaitForEachOther(long seed) {
    SctpPair pair = SctpPair.established(seed, BAD);
    new Feed(pair, 2_000, n -> 300, true, Reliability.RELIABLE);
    pair.run(300_000);
    assertThat(pair.far.numbers()).containsExactlyInAnyOrderElementsOf(upTo(2_000));
    assertThat(pair.far.numbers()).isNotEqualTo(upTo(2_000));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatMayNotBeRetransmittedIsLostInsteadOfHoldingUpWhatFollows(boolean unordered) {
    SctpPair pair = SctpPair.established(8, Conditions.of(20, 0, 0.10));
    int count = 500;
    for (int i = 0; i < count; i++) {
      pair.near.send(
          1, SctpEnd.numbered(i, 100), unordered, Reliability.retransmits(0), pair.now());
      pair.run(50);
    }
    pair.run(5_000);
    List<Integer> numbers = pair.far.numbers();
    assertThat(numbers).hasSizeBetween(count * 8 / 10, count * 97 / 100).doesNotHaveDuplicates();
    assertThat(pair.near.association.stats().retransmissions()).isZero();
    assertThat(pair.near.association.stats().abandonedMessages()).isPositive();
    if (!unordered) {
      assertThat(numbers).isSorted();
    }
    assertNothingIsHeld(pair);
  }

  @Test
  void anUnorderedUnreliableMessageComesWithinItsOneWayDelay() {
    SctpPair pair = SctpPair.established(9, Conditions.of(20, 0, 0.10));
    long[] sentAt = new long[300];
    for (int i = 0; i < sentAt.length; i++) {
      sentAt[i] = pair.now();
      pair.near.send(1, SctpEnd.numbered(i, 60), true, Reliability.retransmits(0), pair.now());
      pair.run(50);
    }
    assertThat(pair.far.received)
        .isNotEmpty()
        .allSatisfy(
            message ->
                assertThat(message.atNanos - sentAt[message.number()])
                    .isLessThanOrEqualTo(20 * MILLI));
  }

  @Test
  void expiredMessagesAreGivenUpAndFreshOnesArriveAfterABlackout() {
    SctpPair pair = SctpPair.established(10, Conditions.of(20, 0, 0));
    pair.conditions(DARK);
    Reliability half = Reliability.lifetime(Duration.ofMillis(500));
    for (int i = 0; i < 20; i++) {
      pair.near.send(1, SctpEnd.numbered(i, 2_000), false, half, pair.now());
      pair.run(100);
    }
    pair.conditions(Conditions.of(20, 0, 0));
    pair.near.send(1, SctpEnd.numbered(1_000, 60), false, half, pair.now());
    pair.run(4_000);
    pair.near.send(1, SctpEnd.numbered(1_001, 60), false, half, pair.now());
    pair.run(1_000);
    assertThat(pair.far.numbers()).last().isEqualTo(1_001);
    assertThat(pair.far.numbers()).doesNotContain(0, 1, 2, 3);
    assertThat(pair.near.association.stats().abandonedMessages()).isGreaterThan(10);
    assertNothingIsHeld(pair);
  }

  @Test
  void aMessageThatIsGivenUpHalfSentDoesNotSpoilTheNext() {
    SctpPair pair = SctpPair.established(11, Conditions.of(20, 0, 0));
    pair.near.send(1, SctpEnd.numbered(1, 60_000), false, Reliability.retransmits(0), pair.now());
    pair.near.association.poll(
        pair.now(), (buffer, offset, length) -> {}); // The first window is lost.
    pair.near.send(1, SctpEnd.numbered(2, 5_000), false, Reliability.RELIABLE, pair.now());
    pair.run(10_000);
    assertThat(pair.far.numbers()).containsExactly(2);
    assertThat(pair.far.received.getFirst().data).isEqualTo(SctpEnd.numbered(2, 5_000));
    assertNothingIsHeld(pair);
  }

  @ParameterizedTest
  @ValueSource(longs = {12, 13})
  void tenSecondsOfDarknessAreSurvivedAndOverWithinThree(long seed) {
    Conditions good = Conditions.of(20, 5, 0);
    SctpPair pair = SctpPair.established(seed, good);
    pair.conditions(DARK);
    for (int i = 0; i < 50; i++) {
      assertThat(
              pair.near.send(
                  1, SctpEnd.numbered(i, 1_000), false, Reliability.RELIABLE, pair.now()))
          .isTrue();
      pair.run(200);
    }
    assertThat(pair.far.received).isEmpty();
    pair.conditions(good);
    long lightNanos = pair.now();
    pair.run(10_000);
    assertThat(pair.far.numbers()).isEqualTo(upTo(50));
    assertThat(pair.far.received.getFirst().atNanos - lightNanos).isLessThan(3_100 * MILLI);
    assertThat(pair.far.received.getLast().atNanos - lightNanos).isLessThan(5_000 * MILLI);
  }

  @Test
  void aFarSideThatStaysSilentIsGivenUp() {
    SctpPair pair = SctpPair.established(14, Conditions.PERFECT);
    pair.conditions(DARK);
    pair.near.send(1, SctpEnd.numbered(0, 10), false, Reliability.RELIABLE, pair.now());
    pair.run(60_000);
    assertThat(pair.near.association.ended()).isTrue();
    assertThat(pair.near.closed).contains("does not answer");
  }

  @Test
  void transmissionAndStreamSequenceNumbersWrap() {
    Random nearTheEnd =
        new Random(15) {
          private static final long serialVersionUID = 1L;

          @Override
          public int nextInt() {
            return -3_000;
          }
        };
    SctpPair pair = new SctpPair(nearTheEnd, nearTheEnd, 15, Conditions.of(5, 5, 0.02));
    pair.near.association.connect(pair.now());
    int count = 70_000;
    new Feed(pair, count, n -> 4, false, Reliability.RELIABLE);
    pair.run(3_600_000);
    assertThat(pair.far.numbers()).isEqualTo(upTo(count));
    assertNothingIsHeld(pair);
  }

  @Test
  void aNarrowPathIsFilledWithoutDrowningIt() {
    Conditions narrow = new Conditions(30 * MILLI, 0, 0, 0, 1_000_000, 200 * MILLI);
    SctpPair pair = SctpPair.established(16, narrow);
    new Feed(pair, 2_000, n -> 1_000, false, Reliability.RELIABLE);
    long start = pair.now();
    pair.run(60_000);
    assertThat(pair.far.numbers()).isEqualTo(upTo(2_000));
    // 2 MB at 1 Mbit/s are 16 s; and what was sent for nothing is little.
    assertThat(pair.far.received.getLast().atNanos - start).isLessThan(20_000 * MILLI);
    assertThat(pair.near.association.stats().retransmissions()).isLessThan(200);
  }
}
