package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One publisher with two encodings, one slot that changes between them, in virtual time. */
class LayerScenarioTest {
  private static final long SLOT = 0xBBBB0001L;
  private static final long MILLI = Simulation.MILLI;

  /** A frame that the subscriber decoded. */
  private record Shown(int layer, int number, boolean key, long timestamp, long atNanos) {}

  private static final class Stage {
    final Simulation simulation;
    final Simulation.Path up;
    final RtpSender slot;
    final RtpReceiver subscriber;
    final ContinuityChecker checker = new ContinuityChecker();
    final List<VideoFeed> feeds = new ArrayList<>();
    final List<RtpReceiver> encodings = new ArrayList<>();
    final List<Shown> shown = new ArrayList<>();
    final boolean[] off = new boolean[2];

    Stage(long seed, Conditions uplink, Conditions downlink) {
      simulation = new Simulation(seed);
      up = simulation.path(uplink);
      Simulation.Path down = simulation.path(downlink);
      slot = down.near.send(ScenarioStage.sender(SLOT, SLOT + 1, Codec.VP8));
      subscriber = down.far.receive(ScenarioStage.receiver(SLOT, SLOT + 1, Codec.VP8), output());
      encode(0, 900);
      encode(1, 4000);
      slot.switchTo(encodings.get(0), 0);
    }

    private void encode(int layer, int frameBytes) {
      long ssrc = 0xAAAA0000L + 16L * layer;
      RtpSender sender = up.near.send(ScenarioStage.sender(ssrc, ssrc + 1, Codec.VP8));
      VideoFeed feed = new VideoFeed(Codec.VP8, sender, frameBytes, 0x7AC0FFEE + layer, 0);
      feeds.add(feed);
      encodings.add(
          up.far.receive(
              ScenarioStage.receiver(ssrc, ssrc + 1, Codec.VP8),
              new ReceiverOutput() {
                @Override
                public void forward(RtpPacket packet, boolean key, long nowNanos) {
                  slot.forward(encodings.get(layer), packet, key, nowNanos);
                }

                @Override
                public void frame(EncodedFrame frame) {}
              }));
      simulation.every(
          33,
          now -> {
            if (!off[layer]) {
              feed.sendFrame(now);
            }
          });
    }

    private ReceiverOutput output() {
      return new ReceiverOutput() {
        @Override
        public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
          checker.onPacket(packet);
        }

        @Override
        public void frame(EncodedFrame frame) {
          for (int layer = 0; layer < feeds.size(); layer++) {
            int number = feeds.get(layer).numberOf(frame);
            if (number >= 0) {
              long at = simulation.now();
              shown.add(new Shown(layer, number, frame.keyFrame(), frame.timestampTicks(), at));
              return;
            }
          }
          throw new AssertionError("A frame that nobody sent was decoded");
        }
      };
    }

    void turnTo(int layer) {
      slot.turnTo(encodings.get(layer), simulation.now());
    }

    /** The longest time without a new picture, milliseconds. */
    long longestPause() {
      long longest = 0;
      for (int i = 1; i < shown.size(); i++) {
        longest = Math.max(longest, shown.get(i).atNanos - shown.get(i - 1).atNanos);
      }
      return longest / MILLI;
    }

    /** What holds whatever the network does. */
    void assertDecoderNoticesNothing() {
      for (int i = 1; i < shown.size(); i++) {
        Shown before = shown.get(i - 1);
        Shown now = shown.get(i);
        assertThat(now.timestamp).isGreaterThan(before.timestamp);
        if (now.layer != before.layer) {
          assertThat(now.key).as("another layer begins with a key frame").isTrue();
        } else if (!now.key) {
          assertThat(now.number).as("no reference is missing").isEqualTo(before.number + 1);
        }
      }
    }
  }

  @Test
  void changesOfLayerCostNoPicture() {
    Stage stage = new Stage(1, Conditions.of(20, 0, 0), Conditions.of(20, 0, 0));
    stage.simulation.run(2000);
    for (int i = 1; i <= 10; i++) {
      stage.turnTo(i % 2);
      stage.simulation.run(700);
      assertThat(stage.shown.getLast().layer).isEqualTo(i % 2);
    }
    assertThat(stage.checker.check()).as("holes").isZero();
    stage.assertDecoderNoticesNothing();
    assertThat(stage.longestPause()).as("a picture is due each 33 ms").isLessThan(80);
    assertThat(stage.shown).hasSizeGreaterThan(9000 / 33 - 12);
    assertThat(stage.subscriber.stats().nacked()).isZero();
    assertThat(stage.subscriber.stats().keyFrameRequests()).as("the subscriber's").isLessThan(3);
  }

  @Test
  void theTimeOfAPictureIsItsCapture() {
    Stage stage = new Stage(2, Conditions.of(20, 0, 0), Conditions.of(20, 0, 0));
    stage.simulation.run(3000);
    stage.turnTo(1);
    stage.simulation.run(1000);
    Shown first = stage.shown.getFirst();
    Shown last = stage.shown.getLast();
    long ticks = last.timestamp - first.timestamp;
    long elapsed = (last.atNanos - first.atNanos) * 90 / MILLI;
    assertThat(last.layer).isEqualTo(1);
    assertThat(ticks).as("no drift by the change").isBetween(elapsed - 6000, elapsed + 6000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void underLossEachChangeComesAndNothingWrongIsShown(long seed) {
    Conditions lossy = Conditions.of(30, 5, 0.05);
    Stage stage = new Stage(seed, lossy, lossy);
    stage.simulation.run(2000);
    for (int i = 1; i <= 10; i++) {
      stage.turnTo(i % 2);
      stage.simulation.run(2500);
      assertThat(stage.slot.next()).as("change %d is done", i).isNull();
      assertThat(stage.shown.getLast().layer).as("change %d", i).isEqualTo(i % 2);
    }
    stage.assertDecoderNoticesNothing();
    stage.checker.check();
    // Our own receiver waits a second for a hole even when a key frame lies behind it.
    assertThat(stage.longestPause()).isLessThan(1500);
  }

  @Test
  void theOldLayerGoesOnAsLongAsTheNewOneDoesNotCome() {
    Stage stage = new Stage(3, Conditions.PERFECT, Conditions.PERFECT);
    stage.simulation.run(1000);
    stage.off[1] = true;
    stage.turnTo(1);
    stage.simulation.run(3000);
    assertThat(stage.shown).allMatch(shown -> shown.layer == 0);
    assertThat(stage.longestPause()).isLessThan(80);
    stage.off[1] = false;
    stage.simulation.run(500);
    assertThat(stage.shown.getLast().layer).isEqualTo(1);
    assertThat(stage.checker.check()).isZero();
    assertThat(stage.longestPause()).isLessThan(80);
  }

  @Test
  void aLayerThatStopsIsLeftForTheOther() {
    Stage stage = new Stage(4, Conditions.of(20, 0, 0), Conditions.of(20, 0, 0));
    stage.simulation.run(1000);
    stage.turnTo(1);
    stage.simulation.run(1000);
    stage.off[1] = true;
    stage.simulation.run(400);
    stage.turnTo(0);
    stage.simulation.run(1000);
    assertThat(stage.shown.getLast().layer).isZero();
    assertThat(stage.checker.check()).isZero();
    stage.assertDecoderNoticesNothing();
    assertThat(stage.longestPause()).isLessThan(600);
  }
}
