package dev.amphi.composer;

import dev.amphi.composer.api.ThumbnailShape;
import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Random;

/**
 * Measures the program's small pictures: the processor time of one, and what that is of a second of
 * the program. Of a canvas of 1280×720 with text-like edges and noise. Run by hand: {@code java -cp
 * … dev.amphi.composer.ThumbnailCost [pictures]}.
 */
final class ThumbnailCost {
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int WARM = 50;

  private ThumbnailCost() {}

  /** Runs the measurement. */
  public static void main(String[] args) {
    int pictures = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    PlanarPicture picture = new PlanarPicture(WIDTH, HEIGHT);
    Random random = new Random(3);
    long[] bytes = new long[1];
    try (JpegEncoder encoder = new FfmpegCodecs().jpegEncoder(256, 144).orElseThrow()) {
      long began = 0;
      for (int i = -WARM; i < pictures; i++) {
        picture.fill(
            random.nextInt(WIDTH / 2) & ~1,
            random.nextInt(HEIGHT / 2) & ~1,
            2 + random.nextInt(300) & ~1,
            2 + random.nextInt(200) & ~1,
            random.nextInt(220) + 16,
            random.nextInt(200) + 28,
            random.nextInt(200) + 28);
        long before = threads.getCurrentThreadCpuTime();
        boolean counts = i >= 0;
        encoder.encode(picture, jpeg -> bytes[0] += counts ? jpeg.remaining() : 0);
        began += counts ? threads.getCurrentThreadCpuTime() - before : 0;
      }
      double millis = began / 1e6 / pictures;
      System.out.printf(
          Locale.ROOT,
          "%.3f ms of processor time for one of %.0f bytes: %.5f CPU-seconds per program-second%n",
          millis,
          (double) bytes[0] / pictures,
          millis / 1_000 / ThumbnailShape.EVERY_S);
    }
  }
}
