package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.bandwidth.Allotment;
import dev.amphi.interactive.bandwidth.BandwidthAllocator;
import dev.amphi.interactive.bandwidth.Demand;
import dev.amphi.interactive.bandwidth.Demand.Priority;
import dev.amphi.interactive.bandwidth.LayerRate;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.SequenceUnwrapper;
import dev.amphi.interactive.send.RtpSender;
import java.util.ArrayList;
import java.util.List;

/**
 * One subscriber behind a bottleneck: sound of 32 kbit/s and a camera in three layers, sent as the
 * allocator says, four times a second; all in virtual time.
 */
final class BottleneckStage {
  static final long AUDIO_BPS = 32_000;
  private static final int FRAME_MILLIS = 33;
  private static final int PAUSED = Allotment.PAUSED;

  /** A decision that changed something. */
  record Change(long atNanos, int layer) {}

  final Simulation simulation;
  final Simulation.Path path;
  final BandwidthAllocator allocator = new BandwidthAllocator();
  final List<Change> changes = new ArrayList<>();
  final List<Long> pictures = new ArrayList<>();
  final List<Long> sounds = new ArrayList<>();
  private final long[] layerBps;
  private final RtpSender voice;
  private final RtpSender camera;
  private final VideoFeed voiceFeed;
  private final VideoFeed cameraFeed;
  private final RtpPacket view = new RtpPacket();
  private final SequenceUnwrapper numbers = new SequenceUnwrapper();
  private long first = -1;
  private long came;
  private int layer = PAUSED;
  private boolean started;

  BottleneckStage(Simulation simulation, Conditions down, Conditions up, long... layerBps) {
    this.simulation = simulation;
    this.layerBps = layerBps;
    this.path = simulation.pacedPath(down);
    path.back.conditions(up);
    voice = path.near.send(ScenarioStage.sender(0xA001, 0xA002, Codec.OPUS));
    camera = path.near.send(ScenarioStage.sender(0xC001, 0xC002, Codec.VP8));
    voiceFeed = new VideoFeed(Codec.OPUS, voice, (int) (AUDIO_BPS / 8 / 50), 0x11111111, 0);
    cameraFeed = new VideoFeed(Codec.VP8, camera, frameBytes(0), 0x22222222, 0);
    RtpReceiver ear =
        path.far.receive(ScenarioStage.receiver(0xA001, 0xA002, Codec.OPUS), into(sounds));
    RtpReceiver eye =
        path.far.receive(ScenarioStage.receiver(0xC001, 0xC002, Codec.VP8), into(pictures));
    if (ear == eye) {
      throw new AssertionError("Two streams");
    }
    path.tap = this::see;
    path.near.connected();
    simulation.every(20, voiceFeed::sendFrame);
    simulation.every(FRAME_MILLIS, this::sendPicture);
    simulation.every(250, this::allocate);
  }

  private void see(byte[] datagram, long nowNanos) {
    if (view.wrap(datagram, 0, datagram.length) && view.ssrc() == 0xC001) {
      long number = numbers.unwrap(view.sequence());
      first = first < 0 ? number : Math.min(first, number);
      came++;
    }
  }

  /** Numbers of the camera's that did not come, so far. */
  long holes() {
    return first < 0 ? 0 : numbers.highest() - first + 1 - came;
  }

  /** Nothing is sent any more; what is under way comes. */
  void stop() {
    simulation.stopTimers();
    simulation.run(1000);
  }

  private ReceiverOutput into(List<Long> times) {
    return new ReceiverOutput() {
      @Override
      public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

      @Override
      public void frame(EncodedFrame frame) {
        times.add(simulation.now());
      }
    };
  }

  private int frameBytes(int layer) {
    return (int) (layerBps[layer] * FRAME_MILLIS / 8000);
  }

  private void sendPicture(long nowNanos) {
    if (layer != PAUSED) {
      cameraFeed.sendFrame(nowNanos);
    }
  }

  private void allocate(long nowNanos) {
    List<LayerRate> layers = new ArrayList<>();
    for (int i = 0; i < layerBps.length; i++) {
      layers.add(new LayerRate(i, 0, layerBps[i], 320 * (i + 1), 180 * (i + 1), true));
    }
    LayerRate sound = new LayerRate(0, 0, AUDIO_BPS, 0, 0, true);
    List<Demand> demands =
        List.of(
            new Demand(1, Priority.AUDIO, 0, List.of(sound)),
            new Demand(2, Priority.SPEAKER, 0, layers));
    List<Allotment> decided =
        allocator.allocate(path.near.bandwidth().availableBps(nowNanos), demands, nowNanos);
    path.near.bandwidth().want(allocator.wantedBps());
    path.near.bandwidth().least(allocator.least());
    if (allocator.doubts()) {
      path.near.bandwidth().doubt(nowNanos);
    }
    for (Allotment allotment : decided) {
      if (allotment.id() == 2) {
        show(allotment.spatial(), nowNanos);
      }
    }
  }

  private void show(int wanted, long nowNanos) {
    if (wanted == layer && started) {
      return;
    }
    started = true;
    if (wanted == PAUSED) {
      cameraFeed.pause(nowNanos);
    } else if (layer == PAUSED) {
      cameraFeed.resume(nowNanos);
    }
    layer = wanted;
    changes.add(new Change(nowNanos, wanted));
    if (layer != PAUSED) {
      cameraFeed.frameBytes(frameBytes(layer));
    }
  }

  void down(Conditions conditions) {
    path.there.conditions(conditions);
  }

  void up(Conditions conditions) {
    path.back.conditions(conditions);
  }

  int layer() {
    return layer;
  }

  long estimate() {
    return path.near.bandwidth().targetBps();
  }

  long changesSince(long nanos) {
    return changes.stream().filter(change -> change.atNanos() > nanos).count();
  }

  /** Lets time pass; the share of the datagrams that the way down lost meanwhile. */
  double run(long millis) {
    long sent = path.there.sent();
    long lost = path.there.lost();
    simulation.run(millis);
    return (path.there.lost() - lost) / (double) Math.max(1, path.there.sent() - sent);
  }

  /** The longest time without a frame among these arrivals, between two moments, in ms. */
  static long longestGapMillis(List<Long> times, long fromNanos, long toNanos) {
    long longest = 0;
    long previous = fromNanos;
    for (long time : times) {
      if (time > fromNanos && time <= toNanos) {
        longest = Math.max(longest, time - previous);
        previous = time;
      }
    }
    return Math.max(longest, toNanos - previous) / Simulation.MILLI;
  }
}
