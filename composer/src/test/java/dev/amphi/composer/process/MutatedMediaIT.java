package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.composer.api.Composition;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a participant may send who means ill, through a real child. Its decoders may refuse it, the
 * child may die of it; the program goes on and another camera is decoded.
 */
class MutatedMediaIT {
  private static final long SEED = 20_261_121;
  private static final int FRAMES = 200;
  private static final FfmpegCodecs CODECS = new FfmpegCodecs();

  private final HeardProgram heard = new HeardProgram();

  private static VideoEncoder encoder(SourceSpec.Codec codec, int width, int height) {
    VideoEncoding encoding = new VideoEncoding(width, height, 30, 10, 400_000);
    return switch (codec) {
      case VP8 -> CODECS.vp8Encoder(encoding);
      case VP9 -> CODECS.vp9Encoder(encoding);
      case AV1 -> CODECS.av1Encoder(encoding);
      case H264 -> CODECS.h264StageEncoder(encoding);
      case OPUS, STILL -> throw new IllegalArgumentException(codec + " is no video codec");
    };
  }

  private static List<byte[]> coded(SourceSpec.Codec codec, int width, int height, int count) {
    List<byte[]> coded = new ArrayList<>();
    PlanarPicture picture = new PlanarPicture(width, height);
    try (VideoEncoder encoder = encoder(codec, width, height)) {
      for (int i = 0; i < count; i++) {
        picture.fill(0, 0, width, height, 60 + 7 * i, 100, 150);
        picture.fill(8 * i % (width / 2) & ~1, 0, width / 4 & ~1, height / 2 & ~1, 200, 90, 90);
        encoder.encode(
            picture,
            i * 3_000L,
            i % 10 == 0,
            (payload, time, sync) -> {
              byte[] bytes = new byte[payload.remaining()];
              payload.get(bytes);
              coded.add(bytes);
            });
      }
    }
    return coded;
  }

  /** Flips, cuts, repeats or splices. */
  private static byte[] mutated(byte[] frame, byte[] other, Random random) {
    byte[] bytes = frame.clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes[random.nextInt(Math.min(40, bytes.length))] ^= (byte) random.nextInt(256);
      case 1 -> {
        for (int i = 0; i < 1 + bytes.length / 50; i++) {
          bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
      }
      case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      case 3 -> {
        int cut = random.nextInt(Math.min(bytes.length, other.length));
        System.arraycopy(other, cut, bytes, cut, Math.min(bytes.length, other.length) - cut);
      }
      default -> {
        int from = random.nextInt(bytes.length);
        Arrays.fill(
            bytes, from, Math.min(bytes.length, from + 64), (byte) (random.nextBoolean() ? 0 : -1));
      }
    }
    return bytes;
  }

  private static void put(Composition composition, String id, SourceSpec.Codec codec) {
    composition.putSource(new SourceSpec(id, id, id, "student", SourceSpec.Kind.CAMERA, codec));
  }

  private void through(SourceSpec.Codec codec, List<byte[]> frames) {
    try (ProcessComposer composer =
        new ProcessComposer(
                ChildCommand.likeThisProcess(), System::nanoTime, InstantSource.system())
            .withSpare()) {
      Composition composition = composer.start(CompositionSpec.standard("r", "t"), heard);
      await().atMost(Duration.ofSeconds(30)).until(() -> heard.pictures() > 0);
      put(composition, "bad", codec);
      put(composition, "good", SourceSpec.Codec.VP8);
      for (int i = 0; i < frames.size(); i++) {
        ByteBuffer payload = ByteBuffer.wrap(frames.get(i));
        composition.frame("bad", payload, i * 3_000L, System.nanoTime(), -1, true);
      }
      ByteBuffer half = ByteBuffer.allocate(300);
      await()
          .atMost(Duration.ofSeconds(60))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> { // comes after all that is bad, in whatever child there is then
                composition.frame("good", half.duplicate(), 0, System.nanoTime(), -1, false);
                return heard.keyFrames.contains("good");
              });
      int before = heard.pictures();
      await().atMost(Duration.ofSeconds(30)).until(() -> heard.pictures() > before + 15);
      System.out.println(codec + ": seed " + SEED + ", interruptions " + heard.interruptions);
      composition.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "H264", "VP9", "AV1"})
  void goesOnWhateverFramesOfEachCodingAreTurnedInto(SourceSpec.Codec codec) {
    Random random = new Random(SEED);
    List<byte[]> whole = coded(codec, 320, 180, 20);
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      byte[] frame = whole.get(i % whole.size());
      frames.add(
          i % 4 == 0 ? frame : mutated(frame, whole.get(random.nextInt(whole.size())), random));
    }
    through(codec, frames);
  }

  @ParameterizedTest
  @EnumSource(names = {"VP8", "H264"})
  void goesOnWhenEachFrameHasAnotherSize(SourceSpec.Codec codec) {
    List<byte[]> frames = new ArrayList<>();
    int[][] sizes = {{16, 16}, {640, 360}, {18, 720}, {1280, 18}, {320, 180}, {1920, 1080}};
    for (int i = 0; i < 60; i++) {
      int[] size = sizes[i % sizes.length];
      if (i < sizes.length) {
        frames.add(coded(codec, size[0], size[1], 1).getFirst());
      } else {
        frames.add(frames.get(i % sizes.length));
      }
    }
    through(codec, frames);
  }

  @Test
  void refusesH264OfSixteenThousandPixelsASide() {
    byte[] real = coded(SourceSpec.Codec.H264, 320, 180, 1).getFirst();
    List<byte[]> frames = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      frames.add(withParameterSet(real, hugeParameterSet()));
    }
    through(SourceSpec.Codec.H264, frames);
    assertThat(heard.keyFrames).contains("bad");
    assertThat(heard.interruptions).isEmpty();
  }

  /** Baseline, level 6.2, 1,024 by 1,024 macroblocks (ITU-T H.264 §7.3.2.1.1). */
  private static byte[] hugeParameterSet() {
    StringBuilder bits = new StringBuilder();
    bits.append(exp(0)).append(exp(0)).append(exp(2)).append(exp(1)).append('0');
    bits.append(exp(1_023)).append(exp(1_023)).append("1100").append('1');
    while (bits.length() % 8 != 0) {
      bits.append('0');
    }
    StringBuilder hex = new StringBuilder("00000001" + "6742003e");
    for (int i = 0; i < bits.length(); i += 8) {
      hex.append("%02x".formatted(Integer.parseInt(bits.substring(i, i + 8), 2)));
    }
    return HexFormat.of().parseHex(hex);
  }

  private static String exp(int value) {
    String binary = Integer.toBinaryString(value + 1);
    return "0".repeat(binary.length() - 1) + binary;
  }

  /** Puts a parameter set in the place of the first unit. */
  private static byte[] withParameterSet(byte[] accessUnit, byte[] parameterSet) {
    int next = 4;
    while (accessUnit[next] != 0
        || accessUnit[next + 1] != 0
        || (accessUnit[next + 2] != 1 && accessUnit[next + 3] != 1)) {
      next++;
    }
    return ByteBuffer.allocate(parameterSet.length + accessUnit.length - next)
        .put(parameterSet)
        .put(accessUnit, next, accessUnit.length - next)
        .array();
  }
}
