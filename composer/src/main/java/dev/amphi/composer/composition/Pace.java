package dev.amphi.composer.composition;

import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;

/**
 * Measures how fast a machine codes: the median processor time of a picture of 1280×720 of which
 * every pixel moves. Takes a quarter of a second on a machine like the reference.
 */
public final class Pace {
  /** What the reference machine takes, with x264 (docs/composer.md). */
  public static final long REFERENCE_NANOS = 5_500_000;

  private static final int WIDTH = 1280;
  private static final int HEIGHT = 720;
  private static final int PICTURES = 24;

  /** The first is an IDR, and rate control has to find its way. */
  private static final int UNCOUNTED = 6;

  /** How far the picture moves in all, in pixels. */
  private static final int REACH = 3 * PICTURES;

  /** Cells of the picture's texture, in pixels. */
  private static final int CELL = 8;

  private Pace() {}

  /**
   * Codes a few pictures.
   *
   * @param cpuNanos the processor time that this thread has used
   * @return nanoseconds for a picture
   */
  public static long measure(ProgramCodecs codecs, LongSupplier cpuNanos) {
    byte[] wall = wall();
    long[] taken = new long[PICTURES];
    try (VideoEncoder encoder =
        codecs.h264Encoder(new VideoEncoding(WIDTH, HEIGHT, 30, 48, 2_500_000))) {
      PlanarPicture picture = new PlanarPicture(WIDTH, HEIGHT);
      for (int i = 0; i < PICTURES; i++) {
        pan(wall, picture, 3 * i);
        long began = cpuNanos.getAsLong();
        encoder.encode(picture, i * 3_000L, i == 0, (payload, time, sync) -> {});
        taken[i] = cpuNanos.getAsLong() - began;
      }
    }
    long[] counted = Arrays.copyOfRange(taken, UNCOUNTED, PICTURES);
    Arrays.sort(counted);
    return counted[counted.length / 2];
  }

  /** Smooth noise, wider and higher than the picture. */
  private static byte[] wall() {
    int columns = (WIDTH + REACH) / CELL + 2;
    byte[] grid = new byte[columns * ((HEIGHT + REACH) / CELL + 2)];
    new Random(7).nextBytes(grid);
    byte[] wall = new byte[(WIDTH + REACH) * (HEIGHT + REACH)];
    int at = 0;
    for (int y = 0; y < HEIGHT + REACH; y++) {
      for (int x = 0; x < WIDTH + REACH; x++) {
        int cell = y / CELL * columns + x / CELL;
        int right = x % CELL;
        int down = y % CELL;
        int top = (grid[cell] & 0x7f) * (CELL - right) + (grid[cell + 1] & 0x7f) * right;
        int under =
            (grid[cell + columns] & 0x7f) * (CELL - right)
                + (grid[cell + columns + 1] & 0x7f) * right;
        wall[at++] = (byte) (60 + (top * (CELL - down) + under * down) / (CELL * CELL));
      }
    }
    return wall;
  }

  private static void pan(byte[] wall, PlanarPicture picture, int by) {
    for (int y = 0; y < HEIGHT; y++) {
      picture.plane(0).put(y * WIDTH, wall, (y + by) * (WIDTH + REACH) + by, WIDTH);
    }
  }
}
