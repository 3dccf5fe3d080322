package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.ShownScene;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A camera of 4096×2160 at 60, each picture a key frame full of detail, beside a usual one. */
@Timeout(180)
class CostlySourceIT {
  private final List<String> scenes = new CopyOnWriteArrayList<>();
  private final List<String> interruptions = new CopyOnWriteArrayList<>();

  private final ProgramListener listener =
      new ProgramListener() {
        @Override
        public void format(
            String renditionId,
            boolean video,
            int width,
            int height,
            ByteBuffer codecConfig,
            int timescale,
            Instant startsAt,
            int epoch) {}

        @Override
        public void sample(
            String renditionId,
            ByteBuffer payload,
            long timeTicks,
            int durationTicks,
            boolean sync) {}

        @Override
        public void scene(ShownScene scene, Instant startsAt) {
          scenes.add(
              String.join(
                  " ",
                  scene.tiles().stream()
                      .map(tile -> tile.participantId() + ":" + tile.kind())
                      .sorted()
                      .toList()));
        }

        @Override
        public void keyFrameWanted(String sourceId) {}

        @Override
        public void interrupted(String reason) {
          interruptions.add(reason);
        }

        @Override
        public void ended() {}
      };

  private static ByteBuffer keyFrame(int width, int height, int bitrateBps) {
    PlanarPicture picture = new PlanarPicture(width, height);
    Random random = new Random(5);
    for (int i = 0; i < width * height; i++) {
      picture.plane(0).put(i, (byte) (100 + random.nextInt(40)));
    }
    ByteBuffer[] coded = new ByteBuffer[1];
    try (VideoEncoder encoder =
        new FfmpegCodecs().vp8Encoder(new VideoEncoding(width, height, 30, 1, bitrateBps))) {
      encoder.encode(
          picture,
          0,
          true,
          (payload, time, sync) ->
              coded[0] = ByteBuffer.allocate(payload.remaining()).put(payload).flip());
    }
    return coded[0];
  }

  private static void put(Composition composition, String id) {
    composition.putSource(
        new SourceSpec(id, id, id, "student", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8));
  }

  /** Sends a picture again and again, on a thread of its own, until told to stop. */
  private static void send(
      Composition composition, String id, ByteBuffer picture, int perSecond, AtomicBoolean over) {
    Thread.ofPlatform()
        .daemon()
        .name("send-" + id)
        .start(
            () -> {
              long startNanos = System.nanoTime();
              for (long n = 0; !over.get(); n++) {
                long dueNanos = startNanos + n * 1_000_000_000L / perSecond;
                while (System.nanoTime() < dueNanos) {
                  LockSupport.parkNanos(dueNanos - System.nanoTime());
                }
                composition.frame(
                    id, picture.duplicate(), n * 90_000 / perSecond, System.nanoTime(), -1, true);
              }
            });
  }

  @Test
  void whoSendsMoreThanCanBeDecodedBecomesInitialsAndTheOthersGoOn() {
    ByteBuffer huge = keyFrame(4_096, 2_160, 20_000_000);
    ByteBuffer usual = keyFrame(320, 180, 500_000);
    AtomicBoolean over = new AtomicBoolean();
    try (ProcessComposer composer =
        new ProcessComposer(
            ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), listener);
      composition.layout("grid", "");
      put(composition, "ada");
      send(composition, "ada", usual, 30, over);
      await().atMost(Duration.ofSeconds(60)).until(() -> scenes.contains("ada:CAMERA"));
      put(composition, "eve");
      send(composition, "eve", huge, 60, over);
      await().atMost(Duration.ofSeconds(60)).until(() -> scenes.contains("ada:CAMERA eve:CAMERA"));
      scenes.clear();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> scenes.contains("ada:CAMERA eve:INITIALS"));
      assertThat(interruptions).isEmpty();
    } finally {
      over.set(true);
    }
  }
}
