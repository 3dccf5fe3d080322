package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.timing.AvSync;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A camera that sends nothing more shows its last picture for three seconds, a share for ever. */
class FrozenSourceTest {
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final VideoEncoding SMALL = new VideoEncoding(320, 180, 30, 3_000, 400_000);

  private final FfmpegCodecs codecs = new FfmpegCodecs();
  private final Object lock = new Object();
  private final PlanarPicture drawn = new PlanarPicture(320, 180);
  private long nowNanos = 500 * SECOND;
  private boolean first = true;

  private VideoEncoder encoder(SourceSpec.Codec codec) {
    return switch (codec) {
      case VP8 -> codecs.vp8Encoder(SMALL);
      case VP9 -> codecs.vp9Encoder(SMALL);
      case AV1 -> codecs.av1Encoder(SMALL);
      default -> codecs.h264StageEncoder(SMALL);
    };
  }

  private void show(VideoEncoder encoder, VideoInput input, int luma) {
    drawn.fill(0, 0, 320, 180, luma, 128, 128);
    encoder.encode(
        drawn,
        nowNanos * 9 / 100_000,
        first,
        (payload, time, sync) -> input.frame(payload, time, nowNanos, -1, sync, lock));
    first = false;
  }

  private static int luma(VideoInput input, long nowNanos) {
    return Objects.requireNonNull(input.at(nowNanos)).plane(0).get(1_000) & 0xff;
  }

  /** Three pictures, then nothing more; the last is shown from then on. */
  private void begin(VideoEncoder encoder, VideoInput input) {
    assertThat(input.live(nowNanos)).isFalse();
    for (int i = 0; i < 3; i++) {
      show(encoder, input, 60 + i * 60);
      input.at(nowNanos);
      nowNanos += 33 * MS;
    }
    nowNanos += 100 * MS;
    assertThat(input.live(nowNanos)).isTrue();
    assertThat(luma(input, nowNanos)).isBetween(174, 186);
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceSpec.Codec.class,
      names = {"VP8", "H264", "VP9", "AV1"})
  void aCameraIsGoneAfterThreeSecondsAndBackWithItsNextPicture(SourceSpec.Codec codec) {
    VideoInput input =
        new VideoInput(SourceSpec.Kind.CAMERA, codecs.videoDecoder(codec), new AvSync(250 * MS));
    try (VideoEncoder encoder = encoder(codec)) {
      begin(encoder, input);
      nowNanos += 2_800 * MS;
      assertThat(input.live(nowNanos)).isTrue();
      assertThat(luma(input, nowNanos)).isBetween(174, 186);
      nowNanos += 300 * MS;
      assertThat(input.live(nowNanos)).isFalse();
      nowNanos += 3_600 * SECOND;
      assertThat(input.live(nowNanos)).isFalse();
      show(encoder, input, 100);
      nowNanos += 34 * MS;
      assertThat(input.live(nowNanos)).isTrue();
      assertThat(luma(input, nowNanos)).isBetween(94, 106);
    }
    input.leave();
    input.closeDecoder();
  }

  @ParameterizedTest
  @EnumSource(
      value = SourceSpec.Codec.class,
      names = {"VP8", "H264", "VP9", "AV1"})
  void aShareMayStandStillForHours(SourceSpec.Codec codec) {
    VideoInput input =
        new VideoInput(SourceSpec.Kind.SCREEN, codecs.videoDecoder(codec), new AvSync(250 * MS));
    try (VideoEncoder encoder = encoder(codec)) {
      begin(encoder, input);
      nowNanos += 4 * 3_600 * SECOND;
      assertThat(input.live(nowNanos)).isTrue();
      assertThat(luma(input, nowNanos)).isBetween(174, 186);
      show(encoder, input, 100);
      nowNanos += 34 * MS;
      assertThat(luma(input, nowNanos)).isBetween(94, 106);
    }
    input.leave();
    input.closeDecoder();
  }
}
