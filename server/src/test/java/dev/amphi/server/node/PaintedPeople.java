package dev.amphi.server.node;

import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.CodedSink;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.load.source.SyntheticPicture;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** People on stage, each of one colour and one tone, really coded and sent by WHIP. */
final class PaintedPeople implements AutoCloseable {
  /** Somebody's colour (Cb, Cr) and tone. */
  record Person(int cb, int cr, int hertz) {}

  static final Person ADA = new Person(90, 220, 440);
  static final Person BEN = new Person(220, 90, 1_000);

  private static final int FPS = 15;

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private final List<MediaClient> sending = new ArrayList<>();
  private final RtcClients clients;
  private final URI whip;

  PaintedPeople(RtcClients clients, URI whip) {
    this.clients = clients;
    this.whip = whip;
  }

  /** Somebody comes on stage and goes on sending. */
  void publish(String token, Person person) throws Exception {
    AtomicBoolean keyFrame = new AtomicBoolean(true);
    MediaClient client = open(token, keyFrame);
    paint(client, person, keyFrame, Source.CAMERA);
    sing(client, person);
  }

  /** Somebody comes on stage with a screen to be seen, and no camera. */
  void publishShare(String token, Person person) throws Exception {
    AtomicBoolean keyFrame = new AtomicBoolean(true);
    MediaPlan plan =
        new MediaPlan(
            Map.of(
                Source.MICROPHONE, Codec.OPUS, Source.CAMERA, Codec.VP8, Source.SCREEN, Codec.VP8),
            0,
            0);
    MediaClient client = open(token, keyFrame, plan);
    paint(client, person, keyFrame, Source.SCREEN);
    sing(client, person);
  }

  /** Somebody comes on stage whose picture tells the wall clock at which it was drawn. */
  void publishClock(String token, Person voice) throws Exception {
    AtomicBoolean keyFrame = new AtomicBoolean(true);
    MediaClient client = open(token, keyFrame);
    SyntheticPicture clock = new SyntheticPicture(0, "Clock", 640, 360);
    VideoEncoder encoder = codecs.vp8Encoder(new VideoEncoding(640, 360, FPS, 300, 1_000_000));
    long start = System.currentTimeMillis();
    var unused =
        pace.scheduleAtFixedRate(
            () -> {
              long now = System.currentTimeMillis();
              try (Picture picture = clock.at(now)) {
                encoder.encode(
                    picture,
                    (now - start) * 90,
                    keyFrame.getAndSet(false),
                    to(client, Source.CAMERA));
              }
            },
            0,
            1_000 / FPS,
            TimeUnit.MILLISECONDS);
    sing(client, voice);
  }

  private MediaClient open(String token, AtomicBoolean keyFrame) throws Exception {
    return open(token, keyFrame, MediaPlan.sending(Codec.VP8));
  }

  private MediaClient open(String token, AtomicBoolean keyFrame, MediaPlan plan) throws Exception {
    MediaClient client =
        clients
            .post(
                whip,
                token,
                plan,
                new MediaClient.Listener() {
                  @Override
                  public void keyFrameWanted(Source source) {
                    keyFrame.set(true);
                  }
                })
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    sending.add(client);
    return client;
  }

  private void paint(MediaClient client, Person person, AtomicBoolean keyFrame, Source source) {
    PlanarPicture picture = new PlanarPicture(320, 180);
    picture.fill(0, 0, 320, 180, 110, person.cb(), person.cr());
    VideoEncoder encoder = codecs.vp8Encoder(new VideoEncoding(320, 180, FPS, 300, 300_000));
    long[] frame = {0};
    var unused =
        pace.scheduleAtFixedRate(
            () -> {
              // Something moves, as in front of a camera.
              picture.fill((int) (frame[0] % 8) * 4, 0, 4, 4, 160, 128, 128);
              encoder.encode(
                  picture,
                  frame[0]++ * 90_000 / FPS,
                  keyFrame.getAndSet(false),
                  to(client, source));
            },
            0,
            1_000 / FPS,
            TimeUnit.MILLISECONDS);
  }

  private void sing(MediaClient client, Person person) {
    AudioEncoder encoder = codecs.opusEncoder(64_000);
    float[] block = new float[1_920];
    long[] ticks = {0};
    var unused =
        pace.scheduleAtFixedRate(
            () -> {
              for (int i = 0; i < 960; i++) {
                double phase = 2 * Math.PI * person.hertz() * (ticks[0] + i) / 48_000;
                block[2 * i] = (float) (0.2 * Math.sin(phase));
                block[2 * i + 1] = block[2 * i];
              }
              encoder.encode(block, ticks[0], to(client, Source.MICROPHONE));
              ticks[0] += 960;
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
  }

  private static CodedSink to(MediaClient client, Source source) {
    return (coded, time, sync) -> {
      byte[] bytes = new byte[coded.remaining()];
      coded.get(bytes);
      client.send(source, bytes, time);
    };
  }

  @Override
  public void close() {
    pace.shutdownNow();
    sending.forEach(MediaClient::close);
  }
}
