package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.ThumbnailShape;
import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** FFmpeg's small pictures: what another decoder sees in them, and what the node says of them. */
class ThumbnailsTest {
  @Test
  void showTheColoursOfThePicture() throws IOException {
    PlanarPicture picture = new PlanarPicture(1280, 720);
    picture.fill(0, 0, 640, 720, 81, 90, 240); // Red, of limited range (BT.601).
    picture.fill(640, 0, 640, 360, 235, 128, 128);
    picture.fill(640, 360, 640, 360, 16, 128, 128);
    byte[] jpeg = encode(picture);
    assertThat(JpegCheck.fault(ByteBuffer.wrap(jpeg), 256, 144)).isEmpty();
    BufferedImage seen = ImageIO.read(new ByteArrayInputStream(jpeg));
    colour(seen, 40, 70, 255, 0, 0);
    colour(seen, 200, 30, 255, 255, 255);
    colour(seen, 200, 110, 0, 0, 0);
  }

  /** What is hardest to code stays within what the node takes. */
  @Test
  void ofNoiseAreNotTooLong() throws IOException {
    PlanarPicture picture = new PlanarPicture(256, 144);
    Random random = new Random(5);
    for (int plane = 0; plane < 3; plane++) {
      byte[] noise = new byte[picture.plane(plane).remaining()];
      random.nextBytes(noise);
      picture.plane(plane).put(noise);
    }
    byte[] jpeg = encode(picture);
    assertThat(jpeg.length).isBetween(20_000, ThumbnailShape.MOST_BYTES);
    assertThat(JpegCheck.fault(ByteBuffer.wrap(jpeg), 256, 144)).isEmpty();
  }

  private static byte[] encode(PlanarPicture picture) {
    byte[][] made = new byte[1][];
    try (JpegEncoder encoder = new FfmpegCodecs().jpegEncoder(256, 144).orElseThrow()) {
      for (int i = 0; i < 2; i++) { // The second as the first.
        encoder.encode(
            picture,
            jpeg -> {
              made[0] = new byte[jpeg.remaining()];
              jpeg.get(made[0]);
            });
      }
    }
    return made[0];
  }

  private static void colour(BufferedImage image, int x, int y, int red, int green, int blue) {
    Color seen = new Color(image.getRGB(x, y));
    assertThat(seen.getRed()).as("red of %s", seen).isCloseTo(red, within(8));
    assertThat(seen.getGreen()).as("green of %s", seen).isCloseTo(green, within(8));
    assertThat(seen.getBlue()).as("blue of %s", seen).isCloseTo(blue, within(8));
  }
}
