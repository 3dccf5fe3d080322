package dev.amphi.composer.slides;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedPictureTest {
  private static PlanarPicture noise(int width, int height) {
    PlanarPicture picture = new PlanarPicture(width, height);
    Random random = new Random(3);
    for (int plane = 0; plane < 3; plane++) {
      byte[] bytes = new byte[picture.plane(plane).capacity()];
      random.nextBytes(bytes);
      picture.plane(plane).put(0, bytes);
    }
    return picture;
  }

  @Test
  void comesOutAsItWentIn() {
    PlanarPicture in = noise(70, 38);
    Picture out =
        PackedPicture.unpack(70, 38, ByteBuffer.wrap(PackedPicture.pack(in))).orElseThrow();
    for (int plane = 0; plane < 3; plane++) {
      assertThat(out.plane(plane)).isEqualTo(in.plane(plane));
    }
  }

  @Test
  void aLargePageOfNoiseFitsAMessage() {
    assertThat(PackedPicture.pack(noise(1280, 720))).hasSizeLessThan(2_000_000);
  }

  @ParameterizedTest
  @CsvSource({"0,2", "2,0", "3,2", "2,5", "-2,-2", "4098,2", "100000,100000", "72,38"})
  void whatIsNotOfThatSizeIsNotUnpacked(int width, int height) {
    byte[] packed = PackedPicture.pack(noise(70, 38));
    assertThat(PackedPicture.unpack(width, height, ByteBuffer.wrap(packed))).isEmpty();
  }

  @Test
  void rubbishIsNotUnpacked() {
    byte[] packed = PackedPicture.pack(noise(70, 38));
    assertThat(PackedPicture.unpack(70, 38, ByteBuffer.wrap(Arrays.copyOf(packed, 900)))).isEmpty();
    byte[] rubbish = new byte[500];
    new Random(4).nextBytes(rubbish);
    assertThat(PackedPicture.unpack(70, 38, ByteBuffer.wrap(rubbish))).isEmpty();
    assertThat(PackedPicture.unpack(70, 38, ByteBuffer.allocate(0))).isEmpty();
  }
}
