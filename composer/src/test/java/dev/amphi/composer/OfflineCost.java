package dev.amphi.composer;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.OfflineComposition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Measures how much faster than it was a class is composed again, process and all: a camera of
 * 1280×720 every pixel of which moves, or a share of which one picture a second comes, each with
 * two voices. Run by hand: {@code java -cp … dev.amphi.composer.OfflineCost [seconds]}.
 */
final class OfflineCost {
  private static final long MS = 1_000_000L;

  private final FfmpegCodecs codecs = FfmpegCodecs.complete();
  private final List<ByteBuffer> camera;
  private final List<ByteBuffer> voice = LadderCost.voice(codecs, 1);

  private OfflineCost() {
    VideoEncoding encoding = new VideoEncoding(1_280, 720, 30, LadderCost.LOOP, 2_000_000);
    try (VideoEncoder encoder = codecs.vp8Encoder(encoding)) {
      camera = LadderCost.camera(encoder, 1_280, 720, 7);
    }
  }

  public static void main(String[] args) throws Exception {
    int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 120;
    OfflineCost cost = new OfflineCost();
    cost.measure("teacher, a moving camera", SourceSpec.Kind.CAMERA, seconds, 1);
    cost.measure("slides, a picture a second", SourceSpec.Kind.SCREEN, seconds, 30);
  }

  private void measure(String what, SourceSpec.Kind kind, int seconds, int every)
      throws IOException, InterruptedException {
    CompositionSpec spec =
        new CompositionSpec(
            "cost",
            "Cost",
            1280,
            720,
            30,
            144,
            List.of(Ladder.step("720p").orElseThrow()),
            128_000);
    long began = System.nanoTime();
    try (OfflineComposition program =
        new OfflineComposition(
            ChildCommand.likeThisProcess(),
            spec,
            new Nowhere(),
            Duration.ofMinutes(1),
            System::nanoTime)) {
      boolean share = kind == SourceSpec.Kind.SCREEN;
      program.arrange(
          new Arrangement(
              share ? "presentation" : "grid", "", share ? Set.of("ada", "ben") : Set.of("ben")));
      program.put(
          new SourceSpec("picture", "ada", "Ada", "instructor", kind, SourceSpec.Codec.VP8));
      for (String id : List.of("ada", "ben")) {
        program.put(
            new SourceSpec(
                id, id, id, "student", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS));
      }
      for (long ms = 0; ms < seconds * 1_000L; ms += 20) {
        program.advance((ms - 100) * MS);
        for (String id : List.of("ada", "ben")) {
          ByteBuffer packet = voice.get((int) (ms / 20 % voice.size())).duplicate();
          program.frame(id, packet, ms * 48, ms * MS, true);
        }
        long from = (ms * 30 + 999) / 1_000;
        for (long n = from; n * 1_000 < (ms + 20) * 30; n++) {
          int at = (int) (n / every % camera.size());
          if (n % every == 0) {
            long play = n * 1_000 / 30;
            program.frame("picture", camera.get(at).duplicate(), play * 90, play * MS, at == 0);
          }
        }
      }
      program.advance(seconds * 1_000L * MS);
      program.finish();
    }
    double took = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "%s: %d s of class in %.1f s, %.1f times as fast%n", what, seconds, took, seconds / took);
  }

  /** Nobody's. */
  private static final class Nowhere implements ProgramListener {
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
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {}

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {}

    @Override
    public void ended() {}
  }
}
