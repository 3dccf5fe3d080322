package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ThumbnailShape;
import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.lettering.Java2dLettering;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** When small pictures are made, and that they show the program. */
class ThumbnailLineTest extends VirtualProgram {
  private final TreeMap<Long, byte[]> made = new TreeMap<>();
  private final List<Runnable> waiting = new ArrayList<>();
  private final Picture picture = new PlanarPicture(64, 36);
  private final ProgramOutput output =
      new ProgramOutput() {
        @Override
        public void format(
            String rendition, boolean video, int width, int height, ByteBuffer config, int scale) {}

        @Override
        public void sample(
            String rendition, ByteBuffer payload, long ticks, int duration, boolean sync) {}

        @Override
        public void sound(String without, ByteBuffer payload, long timeTicks) {}

        @Override
        public void loudness(double lufs) {}

        @Override
        public void keyFrameWanted(String sourceId) {}

        @Override
        public void thumbnail(ByteBuffer jpeg, long timeTicks) {
          byte[] copy = new byte[jpeg.remaining()];
          jpeg.get(copy);
          made.put(timeTicks, copy);
        }
      };
  private final ThumbnailLine line = new ThumbnailLine(SPEC, new Hollow(), waiting::add, output);

  private static final class Hollow implements JpegEncoder {
    @Override
    public void encode(Picture picture, Consumer<ByteBuffer> sink) {
      sink.accept(ByteBuffer.allocate(1));
    }

    @Override
    public void close() {}
  }

  private void work() {
    List.copyOf(waiting).forEach(Runnable::run);
    waiting.clear();
  }

  @Test
  void oneEveryFiveSeconds() {
    for (long frame = 0; frame < 500; frame++) {
      line.offer(picture, frame);
      work();
    }
    assertThat(made.keySet()).containsExactly(0L, 450_000L, 900_000L, 1_350_000L);
  }

  @Test
  void whoeverStillMakesOneIsNotGivenAnother() {
    for (long frame = 0; frame < 400; frame++) {
      line.offer(picture, frame);
    }
    assertThat(waiting).hasSize(1);
    work();
    line.offer(picture, 400);
    work();
    assertThat(made.keySet()).containsExactly(0L, 1_200_000L);
  }

  @Test
  void aProgramsSmallPicturesShowWhatItShows() throws Exception {
    Program shown =
        new Program(SPEC, stage, codecs, new Java2dLettering(), output, 0, id -> Runnable::run);
    camera("ada");
    for (int frame = 0; frame < 320; frame++) {
      boolean red = frame < 200;
      see("ada", 640, 360, red ? 81 : 145, red ? 90 : 54, red ? 240 : 34);
      nowNanos = Math.max(nowNanos, shown.run(nowNanos));
    }
    shown.close();
    assertThat(made.keySet()).containsExactly(0L, 450_000L, 900_000L);
    ThumbnailShape shape = ThumbnailShape.of(SPEC);
    BufferedImage red = image(450_000, shape);
    assertThat(red.getRGB(128, 60) >> 16 & 0xff).as("red").isGreaterThan(200);
    assertThat(red.getRGB(128, 60) >> 8 & 0xff).as("green").isLessThan(60);
    BufferedImage green = image(900_000, shape);
    assertThat(green.getRGB(128, 60) >> 16 & 0xff).as("red").isLessThan(60);
    assertThat(green.getRGB(128, 60) >> 8 & 0xff).as("green").isGreaterThan(200);
  }

  @Test
  void theShapeIsTheCanvasesOwn() {
    assertThat(shape(1280, 720)).isEqualTo(new ThumbnailShape(256, 144));
    assertThat(shape(720, 1280)).isEqualTo(new ThumbnailShape(144, 256));
    assertThat(shape(1024, 768)).isEqualTo(new ThumbnailShape(256, 192));
    assertThat(shape(160, 90)).isEqualTo(new ThumbnailShape(160, 90));
  }

  private static ThumbnailShape shape(int width, int height) {
    return ThumbnailShape.of(
        new CompositionSpec("room", "Optics", width, height, 30, 48, List.of(), 128_000));
  }

  private BufferedImage image(long ticks, ThumbnailShape shape) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(made.get(ticks)));
    assertThat(image.getWidth()).isEqualTo(shape.width());
    assertThat(image.getHeight()).isEqualTo(shape.height());
    return image;
  }
}
