package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.pipeline.LossyStage.Freezes;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.rtp.RtcpWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A class on bad networks: what is seen and heard, in virtual time, over many seeds. */
class LossScenarioTest {
  private static final int SEEDS = 10;
  private static final long MILLI = Simulation.MILLI;
  private static final Conditions GOOD = Conditions.of(50, 5, 0);

  /** Who sits on the bad network: the publisher, the subscriber, or both. */
  private enum Bad {
    UP,
    DOWN,
    BOTH;

    LossyStage stage(long seed, Codec codec, Conditions bad, boolean parity) {
      return new LossyStage(
          seed, codec, this == DOWN ? GOOD : bad, this == UP ? GOOD : bad, parity);
    }
  }

  @Test
  void fivePercentLossAtHundredMillisecondsIsHardlySeen() {
    for (Bad bad : Bad.values()) {
      double frozen = 0;
      for (long seed = 1; seed <= SEEDS; seed++) {
        Codec codec = seed % 2 == 0 ? Codec.VP8 : Codec.H264;
        LossyStage stage = bad.stage(seed, codec, Conditions.of(50, 5, 0.05), true);
        stage.play(23_000);
        Freezes freezes = stage.freezes();
        assertThat(freezes.longestMillis()).as("%s, seed %d", bad, seed).isLessThan(500);
        frozen += freezes.part() / SEEDS;
      }
      assertThat(frozen).as("%s", bad).isLessThan(0.01);
    }
  }

  @Test
  void onALongLinkParityComesBeforeAnAnswerCould() {
    double with = 0;
    double without = 0;
    for (long seed = 1; seed <= SEEDS; seed++) {
      for (boolean parity : new boolean[] {true, false}) {
        LossyStage stage = Bad.DOWN.stage(seed, Codec.VP8, Conditions.of(150, 5, 0.05), parity);
        stage.play(20_000);
        with += parity ? stage.late(150) : 0;
        without += parity ? 0 : stage.late(150);
        if (parity) {
          assertThat(stage.recoveredByParity()).as("seed %d", seed).isPositive();
          long repair = stage.slot.stats().parity() + stage.slot.stats().retransmitted();
          assertThat(repair).isLessThan(stage.slot.stats().packets() / 2);
        }
      }
    }
    assertThat(with).as("pictures that came late").isLessThan(without / 2);
  }

  /** A frame counts when it comes, by itself or in a later packet, before its turn. */
  @Test
  void fifteenPercentLossLeavesSpeechIntelligible() {
    for (Bad bad : Bad.values()) {
      double redundancy = 0;
      double inBand = 0;
      for (long seed = 1; seed <= SEEDS; seed++) {
        LossyStage stage = bad.stage(seed, Codec.OPUS, Conditions.of(50, 5, 0.15), true);
        stage.play(30_000);
        redundancy += stage.heard(200, false) / SEEDS;
        inBand += stage.heard(200, true) / SEEDS;
      }
      assertThat(redundancy).as("%s, RED", bad).isGreaterThan(bad == Bad.BOTH ? 0.94 : 0.97);
      assertThat(inBand).as("%s, RED and Opus' own", bad).isGreaterThan(0.97);
    }
  }

  @Test
  void aCleanLinkPaysForNoRedundancy() {
    LossyStage sound = new LossyStage(1, Codec.OPUS, GOOD, GOOD);
    sound.play(60_000);
    assertThat(sound.slot.stats().redundant()).isLessThan(sound.slot.stats().packets() / 4);
    LossyStage pictures = new LossyStage(1, Codec.VP8, GOOD, GOOD);
    pictures.play(60_000);
    assertThat(pictures.slot.stats().parity()).isZero();
    // A bad link of the publisher is not the subscriber's.
    LossyStage other = Bad.UP.stage(1, Codec.VP8, Conditions.of(50, 5, 0.05), true);
    other.play(60_000);
    assertThat(other.slot.stats().parity()).isLessThan(other.slot.stats().packets() / 50);
  }

  @Test
  void thirtyPercentLossEndsNothing() {
    for (Bad bad : Bad.values()) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        LossyStage pictures = bad.stage(seed, Codec.VP8, Conditions.of(50, 5, 0.3), true);
        pictures.play(30_000);
        assertThat(pictures.shown.size())
            .as("%s, seed %d", bad, seed)
            .isGreaterThan(pictures.feed.sent() / (bad == Bad.BOTH ? 20 : 5));
        assertThat(pictures.up.rtcpBack).as("reports").hasSizeGreaterThan(20);
        LossyStage sound = bad.stage(seed, Codec.OPUS, Conditions.of(50, 5, 0.3), true);
        sound.play(30_000);
        assertThat(sound.heard(200, true)).as("%s, seed %d", bad, seed).isGreaterThan(0.85);
        assertThat(longestSilenceMillis(sound)).as("%s, seed %d", bad, seed).isLessThan(1000);
      }
    }
  }

  private static long longestSilenceMillis(LossyStage stage) {
    long previous = 0;
    long longest = 0;
    for (long at : stage.shown.values()) {
      longest = Math.max(longest, at - previous);
      previous = at;
    }
    return longest / MILLI;
  }

  @Test
  void packetsThatAreOnlyLateAreHardlyAskedFor() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      LossyStage jitter = new LossyStage(seed, Codec.VP8, Conditions.of(50, 200, 0), GOOD);
      jitter.play(30_000);
      assertFewAskedFor(jitter, seed);
      LossyStage reordered = new LossyStage(seed, Codec.VP8, GOOD, GOOD);
      reordered.up.there.reordering(0.2, 60 * MILLI);
      reordered.play(30_000);
      assertFewAskedFor(reordered, seed);
    }
  }

  private static void assertFewAskedFor(LossyStage stage, long seed) {
    assertThat(stage.published.stats().retransmitted())
        .as("seed %d", seed)
        .isLessThan(stage.published.stats().packets() * 3 / 100);
    assertThat(stage.shown.size()).isGreaterThan(stage.feed.sent() * 98 / 100);
  }

  @Test
  void theStageIsBackSoonAfterABlackout() {
    for (Bad bad : List.of(Bad.UP, Bad.DOWN)) {
      for (long seed = 1; seed <= SEEDS; seed++) {
        LossyStage stage = bad.stage(seed, Codec.VP8, Conditions.of(30, 5, 0.01), true);
        Simulation.Path path = bad == Bad.UP ? stage.up : stage.down;
        stage.start();
        stage.run(5000);
        for (double loss : new double[] {1, 0.01}) {
          path.there.conditions(Conditions.of(30, 5, loss));
          path.back.conditions(Conditions.of(30, 5, loss));
          if (loss == 1) {
            stage.run(10_000);
          }
        }
        long backNanos = stage.simulation.now();
        stage.run(6000);
        long firstNanos =
            stage.shown.values().stream()
                .filter(at -> at > backNanos + 100 * MILLI)
                .findFirst()
                .orElseThrow();
        assertThat(firstNanos - backNanos).as("%s, seed %d", bad, seed).isLessThan(3000 * MILLI);
      }
    }
  }

  @Test
  void whatIsDoubledGoesOnOnce() {
    for (Codec codec : Codec.values()) {
      Conditions doubling = new Conditions(50 * MILLI, 5 * MILLI, 0.02, 0.3, 0, 0);
      LossyStage stage = new LossyStage(3, codec, doubling, doubling);
      stage.play(20_000);
      assertThat(stage.received.stats().duplicates()).isPositive();
      assertThat(stage.slot.stats().packets())
          .isLessThanOrEqualTo(stage.published.stats().packets());
    }
  }

  /** One who asks for everything, all the time, gets no more than is due. */
  @Test
  void aHostileReceiverHarmsNobody() {
    LossyStage stage = new LossyStage(1, Codec.VP8, GOOD, GOOD);
    byte[] buffer = new byte[1400];
    int[] everything = new int[400];
    stage.start();
    stage.run(5000);
    long keyFrames = stage.feed.keyFrames();
    long packets = stage.slot.stats().packets();
    stage.simulation.every(
        10,
        now -> {
          for (int i = 0; i < everything.length; i++) {
            everything[i] = (newest(stage) - everything.length + 1 + i) & 0xFFFF;
          }
          RtcpWriter writer = new RtcpWriter(buffer, 0, 1200);
          writer.nack(9, stage.slot.ssrc(), everything, everything.length);
          writer.pictureLoss(9, stage.slot.ssrc());
          stage.down.near.onRtcp(writer.buffer(), 0, writer.length(), now);
        });
    stage.run(30_000);
    stage.stop();
    long sent = stage.slot.stats().packets() - packets;
    assertThat(stage.feed.keyFrames() - keyFrames).as("thrice in ten seconds").isBetween(6L, 10L);
    assertThat(stage.slot.stats().retransmitted()).isPositive().isLessThan(sent * 6 / 10);
    assertThat(stage.slot.stats().retransmissionsRefused()).isGreaterThan(100_000);
    assertThat(stage.received.stats().lost()).isZero();
    assertThat(stage.shown).hasSize(stage.feed.sent());
  }

  /** The slot's numbers begin with the publisher's, and those as its feed does. */
  private static int newest(LossyStage stage) {
    return (int) ((stage.published.ssrc() & 0x7FFF) + stage.slot.stats().packets() - 1);
  }

  /** What a browser's encoder needs to know to send its own redundancy (Opus' FEC). */
  @Test
  void thePublisherIsToldItsOwnLinksLossWhateverWasRepaired() {
    for (Map.Entry<Codec, Double> each : Map.of(Codec.OPUS, 0.1, Codec.VP8, 0.05).entrySet()) {
      LossyStage stage =
          Bad.UP.stage(2, each.getKey(), Conditions.of(50, 5, each.getValue()), true);
      stage.play(60_000);
      long sent = stage.published.stats().packets();
      double told = (double) stage.received.stats().lost() / sent;
      assertThat(told).isBetween(each.getValue() * 0.8, each.getValue() * 1.2);
      long repaired = stage.received.stats().recovered() + stage.received.stats().retransmitted();
      assertThat(repaired)
          .as("and most of it was repaired")
          .isGreaterThan(stage.received.stats().lost() / 2);
    }
  }
}
