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
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Sound of 32 kbit/s with RED negotiated, on links that lose for different reasons. */
class RedundancyScenarioTest {
  private static final long MILLI = Simulation.MILLI;
  private static final int FRAME_BYTES = 80;
  private static final int SEEDS = 5;

  /** One voice, one ear. */
  private static final class Voice {
    final Simulation simulation;
    final Simulation.Path path;
    final RtpSender slot;
    final RtpReceiver ear;
    final VideoFeed feed;
    final Set<Integer> heard = new TreeSet<>();

    Voice(long seed, Conditions conditions) {
      simulation = new Simulation(seed * 100);
      path = simulation.pacedPath(conditions);
      path.back.conditions(Conditions.of(20, 0, 0));
      slot =
          path.near.send(
              new SenderConfig(
                  "0",
                  0xA001,
                  0xA002,
                  Map.of(Codec.OPUS, new PayloadTypes(96, -1, 63)),
                  false,
                  Simulation.EXTENSIONS));
      feed = new VideoFeed(Codec.OPUS, slot, FRAME_BYTES, 0x11111111, 0);
      ear =
          path.far.receive(
              new ReceiverConfig(
                  "0", "", Codec.OPUS, 96, -1, 0xA001, -1, false, Simulation.EXTENSIONS, 63),
              new ReceiverOutput() {
                @Override
                public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

                @Override
                public void frame(EncodedFrame frame) {
                  heard.add(feed.numberOf(frame));
                }
              });
      simulation.every(20, feed::sendFrame);
    }

    /** Lets time pass; the share of the packets that carried redundancy meanwhile. */
    double run(long millis) {
      long packets = slot.stats().packets();
      long redundant = slot.stats().redundant();
      simulation.run(millis);
      return (slot.stats().redundant() - redundant) / (double) (slot.stats().packets() - packets);
    }

    /** The share of the datagrams that the way down lost meanwhile. */
    double lostWithin(long millis) {
      long sent = path.there.sent();
      long lost = path.there.lost();
      simulation.run(millis);
      return (path.there.lost() - lost) / (double) (path.there.sent() - sent);
    }
  }

  private static Conditions link(long bandwidthBps, double loss) {
    return new Conditions(20 * MILLI, 0, loss, 0, bandwidthBps, 200 * MILLI);
  }

  @Test
  void randomLossOnAWideLinkIsMadeGood() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Voice voice = new Voice(seed, link(1_000_000, 0.05));
      voice.run(10_000);
      int before = voice.feed.sent();
      assertThat(voice.run(50_000)).as("seed %d", seed).isGreaterThan(0.8);
      assertThat(voice.ear.stats().recovered()).as("seed %d", seed).isPositive();
      long heard = voice.heard.stream().filter(number -> number >= before).count();
      assertThat(heard).isGreaterThan((voice.feed.sent() - before) * 98L / 100);
    }
  }

  /** Twice the sound does not fit: doubling it would itself be what is lost. */
  @Test
  void lossOfCongestionIsNotAddedTo() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Voice voice = new Voice(seed, link(1_000_000, 0.1));
      assertThat(voice.run(15_000)).as("seed %d: on while there is room", seed).isPositive();
      voice.path.there.conditions(link(60_000, 0));
      voice.run(10_000);
      assertThat(voice.run(10_000)).as("seed %d: off", seed).isZero();
      assertThat(voice.lostWithin(40_000)).as("seed %d", seed).isLessThan(0.02);
    }
  }

  @Test
  void whatIsLostOnANarrowLinkIsNotDoubledEither() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      Voice voice = new Voice(seed, link(60_000, 0.05));
      voice.run(10_000);
      assertThat(voice.run(60_000)).as("seed %d", seed).isLessThan(0.05);
      assertThat(voice.lostWithin(20_000)).as("seed %d: its own loss only", seed).isLessThan(0.09);
    }
  }
}
