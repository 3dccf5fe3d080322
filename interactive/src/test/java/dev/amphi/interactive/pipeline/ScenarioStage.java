package dev.amphi.interactive.pipeline;

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

/** Publishers, one forwarder and one subscriber with one slot, in virtual time. */
final class ScenarioStage {
  private static final long SLOT_SSRC = 0xBBBB0001L;
  private static final long SLOT_RTX = 0xBBBB0002L;

  /** One who publishes: a transport to the forwarder and frames on it. */
  final class Publisher {
    final Simulation.Path path;
    final VideoFeed feed;
    final RtpReceiver received;
    final List<Integer> composed = new ArrayList<>();
    private final int tag;

    Publisher(Conditions conditions, long ssrc, int tag) {
      this.tag = tag;
      path = simulation.path(conditions);
      RtpSender sender = path.near.send(sender(ssrc, ssrc + 1, codec));
      feed = new VideoFeed(codec, sender, frameBytes, tag, 0);
      received =
          path.far.receive(
              receiver(ssrc, ssrc + 1, codec),
              new ReceiverOutput() {
                @Override
                public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
                  if (slot.source() == received) {
                    slot.forward(packet, startsKeyFrame, nowNanos);
                  }
                }

                @Override
                public void frame(EncodedFrame frame) {
                  composed.add(feed.numberOf(frame));
                }
              });
    }
  }

  /** A frame that the subscriber decoded: whose, which, when; number -1 when it was not whole. */
  record Shown(int tag, int number, long timestampTicks, long atNanos) {}

  final Simulation simulation;
  final Codec codec;
  final int frameBytes;
  final Simulation.Path down;
  final RtpSender slot;
  final RtpReceiver subscriber;
  final List<Publisher> publishers = new ArrayList<>();
  final List<Shown> shown = new ArrayList<>();

  ScenarioStage(long seed, Codec codec, Conditions conditions, int frameBytes) {
    this.simulation = new Simulation(seed);
    this.codec = codec;
    this.frameBytes = frameBytes;
    this.down = simulation.path(conditions);
    this.slot = down.near.send(sender(SLOT_SSRC, SLOT_RTX, codec));
    this.subscriber =
        down.far.receive(
            receiver(SLOT_SSRC, SLOT_RTX, codec),
            new ReceiverOutput() {
              @Override
              public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

              @Override
              public void frame(EncodedFrame frame) {
                show(frame);
              }
            });
  }

  private void show(EncodedFrame frame) {
    for (Publisher publisher : publishers) {
      int number = publisher.feed.numberOf(frame);
      if (number >= 0) {
        shown.add(new Shown(publisher.tag, number, frame.timestampTicks(), simulation.now()));
        return;
      }
    }
    shown.add(new Shown(0, -1, frame.timestampTicks(), simulation.now()));
  }

  Publisher publish(Conditions conditions, long ssrc) {
    Publisher publisher = new Publisher(conditions, ssrc, 0x7AC0FFEE + publishers.size());
    publishers.add(publisher);
    if (publishers.size() == 1) {
      slot.switchTo(publisher.received, 0);
    }
    return publisher;
  }

  /** Everybody sends for a while; then what is under way may arrive. */
  void play(long millis) {
    start();
    simulation.run(millis);
    simulation.stopTimers();
    simulation.run(3000);
  }

  void start() {
    for (Publisher publisher : publishers) {
      simulation.every(codec == Codec.OPUS ? 20 : 33, publisher.feed::sendFrame);
    }
  }

  List<Integer> shownNumbers() {
    return shown.stream().map(Shown::number).toList();
  }

  static SenderConfig sender(long ssrc, long rtx, Codec codec) {
    return new SenderConfig(
        "0",
        ssrc,
        rtx,
        Map.of(codec, new PayloadTypes(96, 97)),
        codec != Codec.OPUS,
        Simulation.EXTENSIONS);
  }

  static ReceiverConfig receiver(long ssrc, long rtx, Codec codec) {
    return new ReceiverConfig(
        "0", codec, 96, 97, ssrc, rtx, codec != Codec.OPUS, Simulation.EXTENSIONS);
  }
}
