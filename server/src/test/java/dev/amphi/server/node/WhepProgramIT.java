package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.room.RoomSpec;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as WebRTC, from WHIP through the composer to WHEP, at a real node. */
class WhepProgramIT {
  /** Amplitude of a tone of 0.2 that the desk has brought to its level, or a little behind. */
  private static final double HEARD = 0.05;

  private static final int SECOND = 48_000;

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final Vertx vertx = Vertx.vertx();
  private final RtcClients clients = new RtcClients(vertx, 2);
  private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
  private AmphiNode node;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    node = TestNodes.start(folder);
    node.rooms().create(new RoomSpec("tones", "Tones", RoomSpec.OPEN)).join();
  }

  @AfterEach
  void close() {
    pace.shutdownNow();
    clients.close();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** What one viewer sees and hears, decoded; guarded by itself. */
  private final class Viewer implements MediaClient.Listener {
    private final AudioDecoder ears = codecs.opusDecoder();
    private final VideoDecoder eyes = codecs.h264Decoder();
    private final float[] packet = new float[2 * AudioDecoder.MAX_SAMPLES];
    private float[] sound = new float[SECOND];
    private int samples;
    private int pictures;
    private int broken;
    private int width;

    @Override
    public synchronized void frame(String mid, String trackId, Codec codec, EncodedFrame frame) {
      if (codec == Codec.H264) {
        VideoDecoder.Outcome outcome =
            eyes.decode(
                frame.payload(),
                frame.timestampTicks(),
                (picture, time) -> {
                  pictures++;
                  width = picture.width();
                });
        broken += outcome == VideoDecoder.Outcome.DECODED ? 0 : 1;
      } else {
        int count = ears.decode(frame.payload(), packet);
        if (samples + count > sound.length) {
          sound = Arrays.copyOf(sound, 2 * sound.length);
        }
        for (int i = 0; i < count; i++) {
          sound[samples++] = packet[2 * i];
        }
      }
    }

    synchronized int pictures() {
      return pictures;
    }

    synchronized int width() {
      return width;
    }

    synchronized int samples() {
      return samples;
    }

    /**
     * Mean amplitude of one frequency over the last second, in fifths of it: so short that a voice
     * which is played up to 0.3 % faster or slower, to give back delay, is still the same tone.
     */
    synchronized double tone(int hertz) {
      double sum = 0;
      for (int from = samples - SECOND; from < samples; from += SECOND / 5) {
        sum += tone(hertz, from, SECOND / 5);
      }
      return sum / 5;
    }

    /** Goertzel's algorithm. */
    private double tone(int hertz, int from, int length) {
      double turn = 2 * Math.cos(2 * Math.PI * hertz / SECOND);
      double a = 0;
      double b = 0;
      for (int i = from; i < from + length; i++) {
        double next = sound[i] + turn * a - b;
        b = a;
        a = next;
      }
      return 2 * Math.sqrt(a * a + b * b - turn * a * b) / length;
    }
  }

  private String token(String role, String name) {
    return TestNodes.token(node, "tones", role, name);
  }

  /** Somebody on stage whose microphone gives a tone. */
  private void speak(String token, int hertz) throws Exception {
    MediaClient client =
        clients
            .post(
                URI.create(node.localOrigin() + "/whip/tones"),
                token,
                new MediaPlan(Map.of(Source.MICROPHONE, Codec.OPUS), 0, 0),
                new MediaClient.Listener() {})
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    AudioEncoder encoder = codecs.opusEncoder(64_000);
    float[] block = new float[1_920];
    long[] ticks = {0};
    var unused =
        pace.scheduleAtFixedRate(
            () -> {
              for (int i = 0; i < 960; i++) {
                double phase = 2 * Math.PI * hertz * (ticks[0] + i) / SECOND;
                block[2 * i] = (float) (0.2 * Math.sin(phase));
                block[2 * i + 1] = block[2 * i];
              }
              encoder.encode(
                  block,
                  ticks[0],
                  (coded, time, sync) -> {
                    byte[] bytes = new byte[coded.remaining()];
                    coded.get(bytes);
                    client.send(Source.MICROPHONE, bytes, time);
                  });
              ticks[0] += 960;
            },
            0,
            20,
            TimeUnit.MILLISECONDS);
  }

  private Viewer watch(String query, @Nullable String token) throws Exception {
    Viewer viewer = new Viewer();
    clients
        .post(
            URI.create(node.localOrigin() + "/whep/tones" + query),
            token,
            MediaPlan.receiving(1, 1),
            viewer)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    return viewer;
  }

  @Test
  @Timeout(120)
  void everybodySeesTheProgramAndNobodyOnStageHearsItself() throws Exception {
    String ada = token("instructor", "ada");
    String bob = token("student", "bob");
    speak(ada, 440);
    speak(bob, 1_000);
    node.rooms().get("tones").live(true).join();

    Viewer guest = watch("", null);
    Viewer speaker = watch("?rendition=360p", ada);
    Viewer other = watch("", bob);

    for (Viewer viewer : new Viewer[] {guest, speaker, other}) {
      await()
          .atMost(Duration.ofSeconds(40))
          .until(() -> viewer.pictures() >= 60 && viewer.samples() >= 3 * SECOND);
      assertThat(viewer.broken).as("frames that could not be decoded").isZero();
    }
    // A path that was measured on a busy machine gets the large rendition a little later.
    await().atMost(Duration.ofSeconds(40)).until(() -> guest.width() == 1280);
    assertThat(speaker.width()).isEqualTo(640);
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(guest.tone(440)).as("guest hears ada").isGreaterThan(HEARD);
              assertThat(guest.tone(1_000)).as("guest hears bob").isGreaterThan(HEARD);
              assertThat(speaker.tone(1_000)).as("ada hears bob").isGreaterThan(HEARD);
              assertThat(other.tone(440)).as("bob hears ada").isGreaterThan(HEARD);
            });
    assertThat(speaker.tone(440)).as("ada does not hear herself").isLessThan(0.003);
    assertThat(other.tone(1_000)).as("bob does not hear himself").isLessThan(0.003);
  }

  @Test
  @Timeout(60)
  void aProgramThatIsNotOnAirIsToBeAskedForLater() throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(node.localOrigin() + "/whep/tones"))
                  .header("Content-Type", "application/sdp")
                  .POST(HttpRequest.BodyPublishers.ofString("v=0\r\n"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
      assertThat(answer.headers().firstValue("Retry-After")).contains("5");
      JsonObject problem = new JsonObject(answer.body());
      assertThat(problem.getString("code")).isEqualTo("not_live");
      assertThat(problem.getString("detail")).contains("'tones' is not on air yet", "'lobby'");
    }
  }
}
