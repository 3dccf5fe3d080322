package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ThumbnailShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** Of a child's small pictures only those are passed on that are what was ordered. */
class ThumbnailReportsTest {
  private static final CompositionSpec SPEC = CompositionSpec.standard("room", "Optics");
  private static final Instant STARTED = Instant.parse("2026-11-01T10:00:00Z");

  private final List<String> told = new ArrayList<>();
  private final ThumbnailReports reports =
      new ThumbnailReports(
          new HeardProgram() {
            @Override
            public void thumbnail(
                ByteBuffer jpeg, ThumbnailShape shape, long timeTicks, Instant startsAt) {
              told.add(shape + " at " + timeTicks + " of " + startsAt);
            }
          },
          SPEC);

  @Test
  void aPictureThatWasOrderedIsPassedOn() throws IOException {
    reports.accept(ByteBuffer.wrap(jpeg(256, 144)), 0, STARTED);
    reports.accept(ByteBuffer.wrap(jpeg(256, 144)), 450_000, STARTED);
    assertThat(told)
        .containsExactly(
            "ThumbnailShape[width=256, height=144] at 0 of 2026-11-01T10:00:00Z",
            "ThumbnailShape[width=256, height=144] at 450000 of 2026-11-01T10:00:00Z");
  }

  @Test
  void notMoreOftenThanTheyAreMade() throws IOException {
    reports.accept(ByteBuffer.wrap(jpeg(256, 144)), 3_000, STARTED);
    refused(jpeg(256, 144), 450_000, "expected from 453000");
    refused(jpeg(256, 144), 453_001, "has the time 453001");
  }

  @Test
  void notOfAnotherSizeOrLength() throws IOException {
    refused(jpeg(128, 72), 0, "not of 256×144");
    refused(jpeg(144, 256), 0, "not of 256×144");
    refused(Arrays.copyOf(jpeg(256, 144), ThumbnailShape.MOST_BYTES + 1), 0, "65537 bytes");
  }

  @Test
  void whatIsNoJpegIsNone() throws IOException {
    byte[] good = jpeg(256, 144);
    refused(new byte[0], 0, "does not begin");
    refused(new byte[] {(byte) 0xff, (byte) 0xd8}, 0, "does not begin");
    refused("<svg onload=alert(1)>".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, "begin");
    refused(Arrays.copyOf(good, good.length - 2), 0, "no end");
    refused(Arrays.copyOf(good, good.length + 1), 0, "behind its end");
    refused(Arrays.copyOf(good, 300), 0, "");
    byte[] huge = good.clone();
    huge[4] = (byte) 0xff; // The first segment's length.
    refused(huge, 0, "claims a length");
    byte[] progressive = good.clone();
    progressive[find(good, 0xc0) + 1] = (byte) 0xc2;
    refused(progressive, 0, "segment of type 194");
    byte[] exif = good.clone();
    exif[3] = (byte) 0xe1;
    refused(exif, 0, "segment of type 225");
  }

  /**
   * Whatever a byte is changed to, it is refused or a JPEG of the same size: never an exception.
   */
  @Test
  void noByteOfItBreaksTheCheck() throws IOException {
    byte[] good = jpeg(256, 144);
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      byte[] changed = Arrays.copyOf(good, 4 + random.nextInt(good.length - 4));
      for (int n = 0; n < 3; n++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      assertThat(JpegCheck.fault(ByteBuffer.wrap(changed), 256, 144)).isNotNull();
    }
  }

  private void refused(byte[] jpeg, long time, String why) {
    assertThatThrownBy(() -> reports.accept(ByteBuffer.wrap(jpeg), time, STARTED))
        .isInstanceOf(BrokenWire.class)
        .hasMessageContaining(why);
  }

  private static int find(byte[] jpeg, int marker) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xff) == marker) {
        return i;
      }
    }
    throw new AssertionError("no marker " + marker);
  }

  private static byte[] jpeg(int width, int height) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpeg", out);
    return out.toByteArray();
  }
}
