package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.codec.AudioEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoDecoder;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program made of what was kept: a share that comes at a known moment, and a tone. */
@Timeout(120)
class OfflineIT {
  private static final long MS = 1_000_000L;
  private static final CompositionSpec SPEC =
      new CompositionSpec(
          "room",
          "Optics",
          1280,
          720,
          30,
          144,
          List.of(Ladder.step("720p").orElseThrow()),
          128_000);
  private static final SourceSpec SHARE =
      new SourceSpec(
          "share", "ada", "Ada", "instructor", SourceSpec.Kind.SCREEN, SourceSpec.Codec.VP8);
  private static final SourceSpec VOICE =
      new SourceSpec(
          "voice", "ben", "Ben", "student", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS);

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final Made made = new Made();

  /** What was made. */
  private static final class Made implements ProgramListener {
    final List<ByteBuffer> pictures = new ArrayList<>();
    final List<ByteBuffer> sounds = new ArrayList<>();
    ByteBuffer avc = ByteBuffer.allocate(0);
    ByteBuffer aac = ByteBuffer.allocate(0);
    long pictureTicks;
    long soundTicks;
    final CompletableFuture<Boolean> first = new CompletableFuture<>();

    @Override
    public void format(
        String renditionId,
        boolean video,
        int width,
        int height,
        ByteBuffer codecConfig,
        int timescale,
        Instant startsAt,
        int epoch) {
      ByteBuffer copy = ByteBuffer.allocate(codecConfig.remaining()).put(codecConfig).flip();
      if (video) {
        avc = copy;
      } else {
        aac = copy;
      }
    }

    @Override
    public void sample(
        String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
      ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
      boolean picture = renditionId.equals("720p");
      (picture ? pictures : sounds).add(copy);
      assertThat(timeTicks).isEqualTo(picture ? pictureTicks : soundTicks);
      if (picture) {
        pictureTicks += durationTicks;
      } else {
        soundTicks += durationTicks;
      }
      first.complete(true);
    }

    @Override
    public void keyFrameWanted(String sourceId) {}

    @Override
    public void interrupted(String reason) {}

    @Override
    public void ended() {}
  }

  private OfflineComposition begin(Duration patience) throws IOException {
    OfflineComposition program =
        new OfflineComposition(
            ChildCommand.likeThisProcess(), SPEC, made, patience, System::nanoTime);
    program.slate(Slate.of(Slate.Kind.PLAIN));
    program.arrange(new Arrangement("presentation", "", Set.of("ada", "ben")));
    return program;
  }

  @Test
  void whatWasKeptIsSeenAndHeardWhereItStoodAndTheStillStays() throws Exception {
    try (OfflineComposition program = begin(Duration.ofMinutes(1))) {
      program.put(VOICE);
      VideoEncoder eye = codecs.vp8Encoder(new VideoEncoding(320, 240, 30, 3_000, 500_000));
      AudioEncoder mouth = codecs.opusEncoder(64_000);
      float[] block = new float[1_920];
      for (int ms = 0; ms < 6_000; ms += 20) {
        int at = ms;
        program.advance((ms - 100) * MS);
        if (ms >= 1_000 && ms < 5_000) {
          for (int i = 0; i < 960; i++) {
            block[2 * i] = (float) (0.2 * Math.sin(2 * Math.PI * 440 * (at * 48L + i) / 48_000.0));
            block[2 * i + 1] = block[2 * i];
          }
          mouth.encode(
              block,
              at * 48L,
              (payload, time, sync) -> send(program, "voice", payload, time, time / 48, true));
        }
        if (ms >= 2_000 && ms < 3_000 && ms % 100 == 0) {
          PlanarPicture picture = new PlanarPicture(320, 240);
          picture.fill(0, 0, 320, 240, 120, 200, 60);
          if (ms == 2_000) {
            program.advance((ms - 12) * MS);
            program.put(SHARE);
          }
          eye.encode(
              picture,
              ms * 90L,
              ms == 2_000,
              (payload, time, sync) -> send(program, "share", payload, time, time / 90, sync));
        }
      }
      program.advance(6_000 * MS);
      program.finish();
    }
    assertThat(made.pictureTicks).isEqualTo(6 * 90_000);
    assertThat(made.soundTicks).isBetween(6 * 48_000L - 2_048, 6 * 48_000L);
    List<Boolean> shared = new ArrayList<>();
    try (VideoDecoder decoder = codecs.h264Decoder(made.avc)) {
      for (ByteBuffer picture : made.pictures) {
        decoder.decode(picture, shared.size(), (shown, time) -> shared.add(isShare(shown)));
      }
    }
    int from = shared.indexOf(true);
    assertThat(from).as("it fades in for 400 ms from where it stood").isBetween(60, 73);
    assertThat(shared.subList(from, shared.size())).as("the still stays").containsOnly(true);
    assertThat(loudness(0.2, 0.9)).isLessThan(0.001);
    assertThat(loudness(1.2, 4.8)).isGreaterThan(0.02);
    assertThat(loudness(5.3, 5.9)).isLessThan(0.001);
    assertThat(onset()).as("the tone begins where it stood").isBetween(0.97, 1.03);
  }

  @Test
  void aProcessThatIsKilledFailsInWords() throws Exception {
    try (OfflineComposition program = begin(Duration.ofMinutes(1))) {
      program.advance(1_000 * MS);
      program.advance(2_000 * MS);
      CompletableFuture<Boolean> killed =
          CompletableFuture.supplyAsync(
              () -> child().map(ProcessHandle::destroyForcibly).orElse(false));
      assertThat(killed.get(20, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(
              () -> {
                for (long ms = 3_000; ms < 3_600_000; ms += 1_000) {
                  program.advance(ms * MS);
                }
                program.finish();
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the process that composes ended with code 137");
    }
  }

  @Test
  void aProcessThatHangsIsEndedAndFailsInWords() throws Exception {
    try (OfflineComposition program = begin(Duration.ofSeconds(2))) {
      long pid = child().orElseThrow().pid();
      new ProcessBuilder("kill", "-STOP", "" + pid).start().waitFor();
      assertThatThrownBy(
              () -> {
                program.advance(60_000 * MS);
                program.finish();
              })
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the process that composes hangs");
    }
  }

  private static Optional<ProcessHandle> child() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            it ->
                it.info()
                    .arguments()
                    .filter(all -> List.of(all).contains(ComposerMain.OFFLINE))
                    .isPresent())
        .findFirst();
  }

  private static void send(
      OfflineComposition program, String id, ByteBuffer payload, long ticks, long ms, boolean key) {
    try {
      program.frame(id, payload, ticks, ms * MS, key);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isShare(Picture picture) {
    try (picture) {
      int cb = picture.plane(1).get(180 * picture.stride(1) + 320) & 0xff;
      int cr = picture.plane(2).get(180 * picture.stride(2) + 320) & 0xff;
      int corner = picture.plane(0).get(0) & 0xff;
      boolean whole = corner < 40; // 4:3 stands in 16:9 with bars beside it, and nothing is cut
      return Math.abs(cb - 200) < 8 && Math.abs(cr - 60) < 8 && whole;
    }
  }

  private float[] heard() {
    float[] all = new float[made.sounds.size() * 1_024];
    float[] out = new float[2 * AudioDecoder.MAX_SAMPLES];
    try (AudioDecoder decoder = codecs.aacDecoder(made.aac)) {
      for (int n = 0; n < made.sounds.size(); n++) {
        assertThat(decoder.decode(made.sounds.get(n).duplicate(), out)).isEqualTo(1_024);
        for (int i = 0; i < 1_024; i++) {
          all[n * 1_024 + i] = out[2 * i];
        }
      }
    }
    return all;
  }

  private double loudness(double fromS, double toS) {
    float[] all = heard();
    double sum = 0;
    int from = (int) (fromS * 48_000);
    int to = (int) (toS * 48_000);
    for (int i = from; i < to; i++) {
      sum += all[i] * all[i];
    }
    return Math.sqrt(sum / (to - from));
  }

  private double onset() {
    float[] all = heard();
    for (int i = 0; i < all.length; i++) {
      if (Math.abs(all[i]) > 0.02) {
        return i / 48_000.0;
      }
    }
    return -1;
  }
}
