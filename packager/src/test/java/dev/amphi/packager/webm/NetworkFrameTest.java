package dev.amphi.packager.webm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What key frames say of themselves, and how much of it is taken. */
final class NetworkFrameTest {
  @Test
  void aSequenceHeaderOfAv1MayHaveAKilobyte() {
    Coding coding = coding(TrackCodec.AV1, HandmadeFrames.av1(320, 180, 1019)).orElseThrow();
    assertThat(coding.width()).isEqualTo(320);
    assertThat(coding.height()).isEqualTo(180);
    assertThat(coding.codecPrivate().length()).isEqualTo(4 + 1024);
    assertThat(coding(TrackCodec.AV1, HandmadeFrames.av1(320, 180, 1020))).isEmpty();
    assertThat(coding(TrackCodec.AV1, HandmadeFrames.av1(320, 180, 4 << 20))).isEmpty();
  }

  @Test
  void aParameterSetOfH264MayHaveAKilobyte() {
    Coding coding = coding(TrackCodec.H264, HandmadeFrames.h264(1017, 1020)).orElseThrow();
    assertThat(coding.width()).isEqualTo(160);
    assertThat(coding.height()).isEqualTo(96);
    assertThat(coding.codecPrivate().length()).isEqualTo(11 + 2 * 1024);
    assertThat(coding(TrackCodec.H264, HandmadeFrames.h264(1018, 0))).isEmpty();
    assertThat(coding(TrackCodec.H264, HandmadeFrames.h264(0, 1021))).isEmpty();
    assertThat(coding(TrackCodec.H264, HandmadeFrames.h264(70_000, 0))).isEmpty();
  }

  private static Optional<Coding> coding(TrackCodec codec, byte[] frame) {
    return NetworkFrame.coding(codec, ByteBuffer.wrap(frame));
  }
}
