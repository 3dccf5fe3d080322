package dev.amphi.server.load.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.FragmentWriter;
import dev.amphi.packager.mp4.InitSegmentWriter;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.mp4.TrackFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What the packager writes, a viewer reads. */
class FragmentTest {
  private static final Bytes AVC_CONFIG = Bytes.fromHex("014d401fffe1000267640100026801");
  private static final TrackFormat FORMAT =
      new TrackFormat(true, 640, 360, 700_000, AVC_CONFIG, 90_000);

  private static ByteBuffer fragment() {
    return FragmentWriter.write(
            List.of(
                new Sample(Bytes.fromHex("00000002aabb"), 7_000_000_000L, 3_000, true),
                new Sample(Bytes.fromHex("00000001cc"), 7_000_003_000L, 3_000, false)),
            3,
            true)
        .toByteBuffer();
  }

  @Test
  void findsTheSamplesOfAPart() throws Exception {
    List<Fragment.MediaSample> samples = Fragment.parse(fragment());

    assertThat(samples).hasSize(2);
    assertThat(samples.get(0).timeTicks()).isEqualTo(7_000_000_000L);
    assertThat(samples.get(0).sync()).isTrue();
    assertThat(samples.get(0).data())
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 2, (byte) 0xaa, (byte) 0xbb}));
    assertThat(samples.get(1).timeTicks()).isEqualTo(7_000_003_000L);
    assertThat(samples.get(1).sync()).isFalse();
    assertThat(samples.get(1).data())
        .isEqualTo(ByteBuffer.wrap(new byte[] {0, 0, 0, 1, (byte) 0xcc}));
  }

  @Test
  void findsTheCodingInTheInitSegment() throws Exception {
    InitSegment init = InitSegment.parse(InitSegmentWriter.write(FORMAT).toByteBuffer());

    assertThat(init.timescale()).isEqualTo(90_000);
    assertThat(init.avcConfig()).isEqualTo(AVC_CONFIG.toByteBuffer());
  }

  @Test
  void refusesWhatIsCutOffOrChanged() {
    ByteBuffer whole = fragment();
    SplittableRandom random = new SplittableRandom(20_261_101);
    int refused = 0;
    for (int i = 1; i < whole.remaining(); i++) {
      byte[] bytes = new byte[whole.remaining()];
      whole.duplicate().get(bytes);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        Fragment.parse(ByteBuffer.wrap(bytes, 0, i).slice());
      } catch (MediaException e) {
        refused++; // and nothing else is thrown
      }
    }

    assertThat(refused).isGreaterThan(whole.remaining() / 2);
    assertThatThrownBy(() -> InitSegment.parse(ByteBuffer.allocate(40)))
        .isInstanceOf(MediaException.class);
  }
}
