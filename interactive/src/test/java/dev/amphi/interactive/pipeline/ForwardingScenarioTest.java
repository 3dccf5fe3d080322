package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.pipeline.ScenarioStage.Publisher;
import dev.amphi.interactive.pipeline.ScenarioStage.Shown;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.rtp.RtpPacket;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Publishers, forwarder and subscriber: whole stacks, seeded networks, virtual time. */
class ForwardingScenarioTest {
  private static final long SSRC = 0xAAAA0010L;
  private static final long MILLI = Simulation.MILLI;

  @ParameterizedTest
  @CsvSource({"VP8", "H264", "VP9", "OPUS"})
  void everyFrameArrivesOverAPerfectNetwork(Codec codec) {
    ScenarioStage stage = new ScenarioStage(1, codec, Conditions.PERFECT, 1000);
    Publisher publisher = stage.publish(Conditions.PERFECT, SSRC);
    stage.play(10_000);
    assertThat(publisher.composed).hasSize(publisher.feed.sent()).doesNotHaveDuplicates();
    assertThat(publisher.composed).isSorted().doesNotContain(-1);
    assertThat(stage.shownNumbers()).isEqualTo(publisher.composed);
    assertThat(publisher.received.stats().nacked()).isZero();
    assertThat(stage.subscriber.stats().lost()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"VP8,1", "VP8,2", "VP8,3", "H264,4", "H264,5", "H264,6", "VP9,7"})
  void fivePercentLossAtHundredMillisecondsIsRepairedByRetransmission(Codec codec, long seed) {
    Conditions conditions = Conditions.of(50, 5, 0.05);
    ScenarioStage stage = new ScenarioStage(seed, codec, conditions, 4000);
    Publisher publisher = stage.publish(conditions, SSRC);
    stage.play(20_000);
    assertCleanAndInOrder(publisher.composed);
    assertCleanAndInOrder(stage.shownNumbers());
    int sent = publisher.feed.sent();
    assertThat(publisher.composed.size()).isGreaterThan(sent * 97 / 100);
    assertThat(stage.shown.size()).isGreaterThan(sent * 95 / 100);
    assertThat(publisher.received.stats().retransmitted()).isPositive();
    assertThat(stage.subscriber.stats().retransmitted()).isPositive();
    assertThat(stage.shown.stream().map(Shown::timestampTicks)).isSorted();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void duplicatedAndReorderedPacketsAreForwardedOnce(long seed) {
    Conditions conditions = new Conditions(20 * MILLI, 60 * MILLI, 0, 0.2, 0, 0);
    ScenarioStage stage = new ScenarioStage(seed, Codec.VP8, Conditions.PERFECT, 4000);
    Publisher publisher = stage.publish(conditions, SSRC);
    stage.play(10_000);
    assertCleanAndInOrder(publisher.composed);
    // The second key frame may overtake the first, which is then too old.
    assertThat(publisher.composed.size()).isGreaterThanOrEqualTo(publisher.feed.sent() - 1);
    assertThat(publisher.received.stats().duplicates()).isPositive();
    long genuine = publisher.path.there.sent() - publisher.received.stats().retransmitted();
    assertThat(stage.slot.stats().packets())
        .isLessThanOrEqualTo(publisher.received.stats().packets())
        .isLessThanOrEqualTo(genuine);
    assertThat(stage.shownNumbers()).isEqualTo(publisher.composed);
  }

  @Test
  void sequenceNumbersWrapUnnoticed() {
    long ssrcThatStartsLate = 0xAAAA7FF0L;
    Conditions conditions = Conditions.of(10, 2, 0.01);
    ScenarioStage stage = new ScenarioStage(9, Codec.H264, conditions, 30_000);
    Publisher publisher = stage.publish(conditions, ssrcThatStartsLate);
    stage.play(50_000);
    assertThat(publisher.received.stats().packets()).isGreaterThan(36_000);
    assertCleanAndInOrder(publisher.composed);
    assertThat(publisher.composed.size()).isGreaterThan(publisher.feed.sent() * 99 / 100);
    assertThat(stage.shown.size()).isGreaterThan(publisher.feed.sent() * 98 / 100);
  }

  @ParameterizedTest
  @CsvSource({"VP8,0", "H264,0", "VP8,0.03", "H264,0.03"})
  void switchingTheSourceIsNotNoticed(Codec codec, double loss) {
    Conditions conditions = Conditions.of(20, 0, loss);
    ScenarioStage stage = new ScenarioStage(5, codec, conditions, 3000);
    List<Publisher> two =
        List.of(stage.publish(conditions, SSRC), stage.publish(conditions, SSRC + 0x100));
    stage.start();
    for (int turn = 1; turn <= 10; turn++) {
      stage.simulation.run(1000);
      stage.slot.switchTo(null, stage.simulation.now());
      stage.simulation.run(40);
      stage.slot.switchTo(two.get(turn % 2).received, stage.simulation.now());
    }
    stage.simulation.run(1000);
    assertThat(stage.shownNumbers()).doesNotContain(-1);
    assertThat(new HashSet<>(stage.shown)).hasSameSizeAs(stage.shown);
    assertThat(stage.shown.stream().map(Shown::timestampTicks)).isSorted();
    assertThat(stage.shown.stream().map(Shown::tag).distinct()).hasSize(2);
    assertThat(stage.shown.size()).isGreaterThan(280);
    if (loss == 0) {
      assertThat(stage.subscriber.stats().nacked()).isZero();
      assertThat(stage.subscriber.stats().keyFrameRequests()).isZero();
      assertThat(longestFreezeMillis(stage.shown)).isLessThan(250);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void soundGoesOnUnderLoss(long seed) {
    Conditions conditions = Conditions.of(50, 10, 0.05);
    ScenarioStage stage = new ScenarioStage(seed, Codec.OPUS, conditions, 100);
    Publisher publisher = stage.publish(conditions, SSRC);
    stage.play(20_000);
    assertCleanAndInOrder(publisher.composed);
    assertCleanAndInOrder(stage.shownNumbers());
    assertThat(publisher.composed.size()).isGreaterThan(publisher.feed.sent() * 92 / 100);
    assertThat(longestFreezeMillis(stage.shown)).isLessThan(200);
  }

  @ParameterizedTest
  @CsvSource({"VP8,1", "H264,2"})
  void theClassGoesOnSoonAfterABlackout(Codec codec, long seed) {
    Conditions conditions = Conditions.of(30, 5, 0.01);
    ScenarioStage stage = new ScenarioStage(seed, codec, conditions, 3000);
    Publisher publisher = stage.publish(conditions, SSRC);
    stage.start();
    stage.simulation.run(3000);
    publisher.path.there.conditions(Conditions.of(30, 0, 1));
    publisher.path.back.conditions(Conditions.of(30, 0, 1));
    stage.simulation.run(10_000);
    publisher.path.there.conditions(conditions);
    publisher.path.back.conditions(conditions);
    long backNanos = stage.simulation.now();
    stage.simulation.run(6000);
    Shown first =
        stage.shown.stream().filter(frame -> frame.atNanos() > backNanos).findFirst().orElseThrow();
    assertThat(first.atNanos() - backNanos).isLessThan(3000 * MILLI);
    assertCleanAndInOrder(stage.shownNumbers());
  }

  @ParameterizedTest
  @CsvSource({"VP8,1", "H264,2"})
  void thirtyPercentLossEndsNothing(Codec codec, long seed) {
    Conditions conditions = Conditions.of(30, 10, 0.3);
    ScenarioStage stage = new ScenarioStage(seed, codec, conditions, 3000);
    Publisher publisher = stage.publish(conditions, SSRC);
    stage.play(20_000);
    assertCleanAndInOrder(publisher.composed);
    assertCleanAndInOrder(stage.shownNumbers());
    assertThat(publisher.composed.size()).isGreaterThan(publisher.feed.sent() / 2);
  }

  @Test
  void aNarrowPathLosesFramesButStaysInOrder() {
    Conditions narrow = new Conditions(20 * MILLI, 0, 0, 0, 500_000, 200 * MILLI);
    ScenarioStage stage = new ScenarioStage(3, Codec.VP8, narrow, 3000);
    Publisher publisher = stage.publish(Conditions.PERFECT, SSRC);
    stage.play(20_000);
    assertThat(publisher.composed).hasSize(publisher.feed.sent());
    assertCleanAndInOrder(stage.shownNumbers());
    long resent = stage.slot.stats().retransmitted();
    assertThat(resent).isLessThan(stage.slot.stats().packets());
    assertThat(publisher.feed.keyFrames()).isLessThan(15);
  }

  @Test
  void captureTimeTravelsFromPublisherToSubscriber() {
    ScenarioStage stage = new ScenarioStage(4, Codec.VP8, Conditions.PERFECT, 2000);
    Publisher publisher = stage.publish(Conditions.PERFECT, SSRC);
    stage.play(5000);
    assertThat(publisher.received.clock().known()).isTrue();
    assertThat(stage.subscriber.clock().known()).isTrue();
    long last = stage.shown.getLast().timestampTicks();
    long sentNanos = Simulation.NTP.ntpNanos((publisher.feed.sent() - 1) * 33L * MILLI);
    assertThat(stage.subscriber.clock().ntpNanosAt(last))
        .isBetween(sentNanos - 20 * MILLI, sentNanos + 20 * MILLI);
    assertThat(stage.slot.roundTripNanos()).isBetween(2 * MILLI - 100_000, 2 * MILLI + 100_000);
  }

  @Test
  void whatIsForwardedStaysBelowTheMtu() {
    ScenarioStage stage = new ScenarioStage(4, Codec.H264, Conditions.PERFECT, 20_000);
    stage.publish(Conditions.PERFECT, SSRC);
    stage.play(500);
    assertThat(stage.slot.stats().bytes() / stage.slot.stats().packets())
        .isLessThan(1280 - RtpPacket.TAIL_ROOM);
  }

  private static void assertCleanAndInOrder(List<Integer> numbers) {
    assertThat(numbers).doesNotContain(-1).isSorted().doesNotHaveDuplicates();
  }

  private static long longestFreezeMillis(List<Shown> shown) {
    long longest = 0;
    for (int i = 1; i < shown.size(); i++) {
      longest = Math.max(longest, shown.get(i).atNanos() - shown.get(i - 1).atNanos());
    }
    return longest / MILLI;
  }
}
