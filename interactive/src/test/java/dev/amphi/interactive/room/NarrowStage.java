package dev.amphi.interactive.room;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.bandwidth.BandwidthStats;
import dev.amphi.interactive.pipeline.EndpointConfig;
import dev.amphi.interactive.pipeline.MediaEndpoint;
import dev.amphi.interactive.pipeline.SeededNetwork;
import dev.amphi.interactive.pipeline.SeededNetwork.Conditions;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.codec.PictureSize;
import dev.amphi.interactive.rtp.codec.Vp8Depacketizer;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import dev.amphi.interactive.send.SenderOutput;
import dev.amphi.interactive.signal.ClientMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A whole room in virtual time: Ada's camera, in three layers or in one, and her voice reach the
 * node as they left, Ben watches behind a bottleneck.
 */
final class NarrowStage {
  static final long MILLI = 1_000_000L;
  private static final String CAMERA = "3";
  private static final String VOICE = "2";
  private static final Conditions UP = Conditions.of(25, 2, 0);

  /** A picture that came whole. */
  record Picture(long atNanos, int height) {}

  final ClassFixture theClass = new ClassFixture();
  final List<Picture> pictures = new ArrayList<>();
  private final int framesPerSecond;
  private final List<CameraLayer> layers;
  private final Slot slot;
  private final FakeTransports.Path adas;
  private final FakeTransports.Path bens;
  final SeededNetwork down;
  private final SeededNetwork back;
  private final MediaEndpoint far;
  private int height;
  private boolean keyFrameWanted = true;
  private long nextFrameNanos;
  private long nextVoiceNanos;
  private int voiceSequence;
  private boolean tracing;
  private boolean resting;
  private int rests;

  NarrowStage(long seed, Conditions link) {
    this(
        seed,
        link,
        "chromium-simulcast",
        10,
        List.of(
            new CameraLayer("q", 0x100, 320, 180, 130_000),
            new CameraLayer("h", 0x200, 640, 360, 350_000),
            new CameraLayer("f", 0x300, 1280, 720, 1_100_000)));
  }

  /** A small camera, which is sent as one stream of so much. */
  static NarrowStage ofOneLayer(long seed, Conditions link, long bitrateBps) {
    CameraLayer only = new CameraLayer("", 0x300, 320, 180, bitrateBps);
    return new NarrowStage(seed, link, "chromium-plain", 30, List.of(only));
  }

  private NarrowStage(
      long seed, Conditions link, String adasOffer, int framesPerSecond, List<CameraLayer> layers) {
    this.framesPerSecond = framesPerSecond;
    this.layers = layers;
    ClassFixture.Person ada = theClass.enter("ada", Role.INSTRUCTOR);
    ClassFixture.Person ben = theClass.enter("ben", Role.STUDENT);
    String sdp = ClassFixture.offerOf("chromium-simulcast");
    long n =
        ada.say(
            new ClientMessage.Offer(
                ClassFixture.offerOf(adasOffer),
                Map.of("0", Source.MICROPHONE, "1", Source.CAMERA),
                Map.of()));
    String voice = ada.wire.answerTo(n).at("/tracks/0").asText();
    String camera = ada.wire.answerTo(n).at("/tracks/1").asText();
    ben.say(new ClientMessage.Offer(sdp, Map.of(), Map.of(VOICE, voice, CAMERA, camera)));
    adas = theClass.transports.paths.get(0);
    bens = theClass.transports.paths.get(1);
    down = new SeededNetwork(seed, link, this::receive);
    back = new SeededNetwork(seed + 1, UP, (bytes, now) -> reported(bytes, now));
    bens.outlet = (buffer, offset, length) -> down.send(buffer, offset, length, now());
    slot = theClass.slotOf("ben", CAMERA);
    far = farEnd();
    adas.listener.connected();
    run(3000); // Ada is there first.
    bens.listener.connected();
  }

  /** The browser at the other end. */
  private MediaEndpoint farEnd() {
    SenderOutput output =
        new SenderOutput() {
          @Override
          public void sendRtp(byte[] buffer, int offset, int length) {
            throw new AssertionError("Ben sends nothing");
          }

          @Override
          public void sendRtcp(byte[] buffer, int offset, int length) {
            back.send(buffer, offset, length, now());
          }
        };
    SenderConfig slot = theClass.slotOf("ben", CAMERA).sender().config();
    NtpClock ntp = NtpClock.of(1_700_000_000_000_000_000L, 0);
    MediaEndpoint endpoint =
        new MediaEndpoint(
            new EndpointConfig(0x22222222L, "ben", ntp, slot.extensions(), true), output);
    endpoint.receive(receiver(CAMERA, Codec.VP8), eye());
    endpoint.receive(
        receiver(VOICE, Codec.OPUS),
        new ReceiverOutput() {
          @Override
          public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {}

          @Override
          public void frame(EncodedFrame frame) {}
        });
    return endpoint;
  }

  private ReceiverConfig receiver(String mid, Codec codec) {
    SenderConfig slot = theClass.slotOf("ben", mid).sender().config();
    PayloadTypes types = Objects.requireNonNull(slot.payloadTypes().get(codec));
    return new ReceiverConfig(
        mid,
        codec,
        types.media(),
        types.rtx(),
        slot.ssrc(),
        slot.rtxSsrc(),
        slot.nack(),
        slot.extensions());
  }

  private ReceiverOutput eye() {
    return new ReceiverOutput() {
      private final Vp8Depacketizer depacketizer = new Vp8Depacketizer();

      @Override
      public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
        if (startsKeyFrame) {
          int size =
              depacketizer.pictureSize(
                  packet.buffer(), packet.payloadOffset(), packet.payloadLength());
          height = PictureSize.height(size);
        }
      }

      @Override
      public void frame(EncodedFrame frame) {
        pictures.add(new Picture(now(), height));
      }
    };
  }

  private void receive(byte[] datagram, long nowNanos) {
    if ((datagram[1] & 0xFF) >= 192 && (datagram[1] & 0xFF) <= 223) {
      far.onRtcp(datagram, 0, datagram.length, nowNanos);
    } else {
      far.onRtp(datagram, 0, datagram.length, nowNanos);
    }
  }

  private void reported(byte[] datagram, long nowNanos) {
    bens.listener.rtcp(datagram, 0, datagram.length, nowNanos);
    theClass.loop.drain();
  }

  long now() {
    return theClass.loop.nanos();
  }

  private void film() {
    // A key frame of one layer is one of all of them.
    keyFrameWanted |= adas.sentRtcp.removeIf(rtcp -> (rtcp[1] & 0xFF) == 206);
    adas.sentRtcp.clear();
    if (now() >= nextVoiceNanos) {
      nextVoiceNanos = now() + 20 * MILLI;
      speak();
    }
    if (now() < nextFrameNanos) {
      return;
    }
    nextFrameNanos = now() + 1000 * MILLI / framesPerSecond;
    boolean key = keyFrameWanted;
    keyFrameWanted = false;
    for (CameraLayer layer : layers) {
      long timestamp = now() * 9 / 100_000 + layer.ssrc * 7919;
      layer.frame(
          key,
          framesPerSecond,
          timestamp,
          (buffer, length) -> adas.listener.rtp(buffer, 0, length, now()));
    }
    theClass.loop.drain();
  }

  private void speak() {
    byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
    RtpPacket packet = new RtpPacket();
    packet.create(buffer, 0, buffer.length, 111, false);
    packet.ssrc(0x50);
    packet.sequence(voiceSequence);
    packet.timestamp(voiceSequence * 960L);
    voiceSequence = (voiceSequence + 1) & 0xFFFF;
    buffer[packet.appendExtension(4, 1)] = '0';
    byte[] payload = new byte[80];
    payload[0] = 0x78;
    packet.appendPayload(payload, 0, payload.length);
    adas.listener.rtp(buffer, 0, packet.length(), now());
  }

  /** Lets time pass; the share of the datagrams that the way down lost meanwhile. */
  double run(long millis) {
    long sent = down.sent();
    long lost = down.lost();
    long framesBefore = pictures.size();
    for (long i = 0; i < millis; i++) {
      film();
      down.poll(now());
      back.poll(now());
      if (far.nextDeadlineNanos() <= now()) {
        far.poll(now());
      }
      theClass.loop.pass(1);
      rests += slot.paused() && !resting ? 1 : 0;
      resting = slot.paused();
      if (tracing && now() / MILLI % 1000 == 0) {
        trace(pictures.size() - framesBefore);
        framesBefore = pictures.size();
      }
    }
    return (down.lost() - lost) / (double) Math.max(1, down.sent() - sent);
  }

  NarrowStage traced() {
    tracing = System.getenv("AMPHI_TRACE") != null;
    return this;
  }

  private void trace(long frames) {
    BandwidthStats stats = stats();
    StringBuilder rates = new StringBuilder();
    slot.layers(now())
        .forEach(
            layer ->
                rates.append(layer.temporal() == 0 ? " " : "/").append(layer.bitrateBps() / 1000));
    System.out.printf(
        Locale.ROOT,
        "%3d s: target %d available %d acked %d sent %d loss %.2f queue %d ms probes %d overuses %d"
            + " %s paced %d limit %d pictures %d of %d lines, lost %d, key frames %d,%s%n",
        now() / MILLI / 1000,
        stats.estimateBps() / 1000,
        stats.availableBps() / 1000,
        stats.ackedBps() / 1000,
        stats.sentBps() / 1000,
        stats.lossRatio(),
        stats.queueNanos() / MILLI,
        stats.probes(),
        stats.overuses(),
        stats.narrow(),
        stats.pacer().queued(),
        slot.limit(),
        frames,
        height,
        down.lost(),
        slot.sender().stats().keyFrameRequests(),
        rates);
  }

  BandwidthStats stats() {
    return theClass.pathOf("ben").endpoint().bandwidthStats(now());
  }

  /** How often the camera was let rest for want of bandwidth. */
  int rests() {
    return rests;
  }

  void link(Conditions conditions) {
    down.conditions(conditions);
  }

  void up(Conditions conditions) {
    back.conditions(conditions);
  }

  /** Another address pair takes over. */
  void move() {
    bens.listener.moved();
  }

  /** The longest time without a picture since a moment, until now. */
  long longestGapMillis(long sinceNanos) {
    long longest = 0;
    long previous = sinceNanos;
    for (Picture picture : pictures) {
      if (picture.atNanos() > sinceNanos) {
        longest = Math.max(longest, picture.atNanos() - previous);
        previous = picture.atNanos();
      }
    }
    return Math.max(longest, now() - previous) / MILLI;
  }

  /** Pictures of at least, and of at most so many lines since a moment. */
  long pictures(long sinceNanos, int atLeast, int atMost) {
    return pictures.stream()
        .filter(p -> p.atNanos() > sinceNanos && p.height() >= atLeast && p.height() <= atMost)
        .count();
  }

  /** How long until the first picture of such a size, or a large number. */
  long firstMillis(long sinceNanos, int atLeast, int atMost) {
    return pictures.stream()
        .filter(p -> p.atNanos() > sinceNanos && p.height() >= atLeast && p.height() <= atMost)
        .mapToLong(p -> (p.atNanos() - sinceNanos) / MILLI)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
