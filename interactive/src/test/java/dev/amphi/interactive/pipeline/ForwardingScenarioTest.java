package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publisher, forwarder and subscriber: three stacks, two transports, virtual time. */
class ForwardingScenarioTest {
  private static final long PUBLISHED_SSRC = 0xAAAA0001L;
  private static final long PUBLISHED_RTX = 0xAAAA0002L;
  private static final long SLOT_SSRC = 0xBBBB0001L;
  private static final long SLOT_RTX = 0xBBBB0002L;

  /** One published stream forwarded into one slot. */
  private static final class Stage {
    final Simulation simulation;
    final Simulation.Path up;
    final Simulation.Path down;
    final VideoFeed feed;
    final RtpSender slot;
    final RtpReceiver atForwarder;
    final RtpReceiver atSubscriber;
    final List<Integer> composed = new ArrayList<>();
    final List<Integer> shown = new ArrayList<>();
    final List<Long> shownTimestamps = new ArrayList<>();

    Stage(long seed, Codec codec, Conditions conditions, int frameBytes) {
      simulation = new Simulation(seed);
      up = simulation.path(conditions);
      down = simulation.path(conditions);
      slot = down.near.send(sender(SLOT_SSRC, SLOT_RTX, codec));
      RtpSender publisher = up.near.send(sender(PUBLISHED_SSRC, PUBLISHED_RTX, codec));
      feed = new VideoFeed(codec, publisher, frameBytes, 0x7AC0FFEE, 0);
      atForwarder =
          up.far.receive(
              receiver(PUBLISHED_SSRC, PUBLISHED_RTX, codec),
              new ReceiverOutput() {
                @Override
                public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
                  slot.forward(packet, startsKeyFrame, nowNanos);
                }

                @Override
                public void frame(EncodedFrame frame) {
                  composed.add(feed.numberOf(frame));
                }
              });
      slot.switchTo(atForwarder, 0);
      atSubscriber =
          down.far.receive(
              receiver(SLOT_SSRC, SLOT_RTX, codec),
              new ReceiverOutput() {
                @Override
                public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

                @Override
                public void frame(EncodedFrame frame) {
                  shown.add(feed.numberOf(frame));
                  shownTimestamps.add(frame.timestampTicks());
                }
              });
    }

    static SenderConfig sender(long ssrc, long rtx, Codec codec) {
      return new SenderConfig(
          "0", ssrc, rtx, Map.of(codec, new PayloadTypes(96, 97)), true, Simulation.EXTENSIONS);
    }

    static ReceiverConfig receiver(long ssrc, long rtx, Codec codec) {
      return new ReceiverConfig("0", codec, 96, 97, ssrc, rtx, true, Simulation.EXTENSIONS);
    }

    void play(long millis) {
      simulation.every(33, feed::sendFrame);
      simulation.run(millis);
      simulation.stopTimers();
      simulation.run(3000);
    }
  }

  @ParameterizedTest
  @CsvSource({"VP8", "H264"})
  void everyFrameArrivesOverAPerfectNetwork(Codec codec) {
    Stage stage = new Stage(1, codec, Conditions.PERFECT, 4000);
    stage.play(10_000);
    assertThat(stage.composed).hasSize(stage.feed.sent()).isSorted().doesNotHaveDuplicates();
    assertThat(stage.shown).isEqualTo(stage.composed);
    assertThat(stage.feed.keyFrames()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"VP8,1", "VP8,2", "H264,3", "H264,4"})
  void fivePercentLossAtHundredMillisecondsIsRepairedByRetransmission(Codec codec, long seed) {
    Stage stage = new Stage(seed, codec, Conditions.of(50, 5, 0.05), 4000);
    stage.play(20_000);
    assertThat(stage.composed).doesNotContain(-1).isSorted().doesNotHaveDuplicates();
    assertThat(stage.shown).doesNotContain(-1).isSorted().doesNotHaveDuplicates();
    assertThat(stage.composed.size()).isGreaterThan(stage.feed.sent() * 97 / 100);
    assertThat(stage.shown.size()).isGreaterThan(stage.feed.sent() * 95 / 100);
    assertThat(stage.atForwarder.stats().retransmitted()).isPositive();
    assertThat(stage.atSubscriber.stats().retransmitted()).isPositive();
    assertThat(stage.shownTimestamps).isSorted();
  }
}
