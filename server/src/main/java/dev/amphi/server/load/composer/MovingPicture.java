package dev.amphi.server.load.composer;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * A picture in which every pixel moves: a textured wall that the camera pans over, and before it a
 * head with a texture of its own that goes another way. Ends as it began, so that it can be looped.
 * A pure function of seed and number.
 */
final class MovingPicture {
  private static final int REACH = 48;

  private final int width;
  private final int height;
  private final int loop;
  private final int seed;
  private final byte[] wall;
  private final byte[] head;
  private final PlanarPicture picture;

  MovingPicture(int width, int height, int loop, int seed) {
    this.width = width;
    this.height = height;
    this.loop = loop;
    this.seed = seed;
    Random random = new Random(seed);
    wall = texture(random, width + 2 * REACH, height + 2 * REACH, 60, 110);
    head = texture(random, width, height, 130, 60);
    picture = new PlanarPicture(width, height);
  }

  /** Three octaves of smooth noise. */
  private static byte[] texture(Random random, int width, int height, int base, int span) {
    float[] sum = new float[width * height];
    for (int cell = 64; cell >= 4; cell /= 4) {
      int columns = width / cell + 2;
      float[] grid = new float[columns * (height / cell + 2)];
      for (int i = 0; i < grid.length; i++) {
        grid[i] = random.nextFloat();
      }
      float weight = cell / 84f;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int at = y / cell * columns + x / cell;
          float right = x % cell / (float) cell;
          float down = y % cell / (float) cell;
          float top = grid[at] + (grid[at + 1] - grid[at]) * right;
          float under = grid[at + columns];
          under += (grid[at + columns + 1] - under) * right;
          sum[y * width + x] += weight * (top + (under - top) * down);
        }
      }
    }
    byte[] texture = new byte[sum.length];
    for (int i = 0; i < sum.length; i++) {
      texture[i] = (byte) (base + span * sum[i]);
    }
    return texture;
  }

  /** The picture with that number; valid until the next call. */
  Picture at(long number) {
    double turn = 2 * Math.PI * (number % loop) / loop;
    int panX = REACH + (int) Math.round((REACH - 2) * Math.sin(turn));
    int panY = REACH + (int) Math.round(REACH / 2.0 * Math.sin(2 * turn));
    double centreX = width * (0.5 + 0.12 * Math.cos(turn));
    double centreY = height * (0.55 + 0.05 * Math.sin(3 * turn));
    ByteBuffer luma = picture.plane(0);
    for (int y = 0; y < height; y++) {
      double dy = (y - centreY) / (0.42 * height);
      for (int x = 0; x < width; x++) {
        double dx = (x - centreX) / (0.17 * width);
        boolean front = dx * dx + dy * dy < 1;
        int from =
            front ? shifted(x, y, centreX, centreY) : (y + panY) * (width + 2 * REACH) + x + panX;
        luma.put(y * width + x, front ? head[from] : wall[from]);
      }
    }
    chroma(centreX, centreY);
    return picture;
  }

  /** The head's texture goes with the head. */
  private int shifted(int x, int y, double centreX, double centreY) {
    int column = Math.floorMod(x - (int) centreX, width);
    return Math.floorMod(y - (int) centreY, height) * width + column;
  }

  private void chroma(double centreX, double centreY) {
    ByteBuffer blue = picture.plane(1);
    ByteBuffer red = picture.plane(2);
    for (int y = 0; y < height / 2; y++) {
      double dy = (2 * y - centreY) / (0.42 * height);
      for (int x = 0; x < width / 2; x++) {
        double dx = (2 * x - centreX) / (0.17 * width);
        boolean front = dx * dx + dy * dy < 1;
        blue.put(y * (width / 2) + x, (byte) (front ? 108 : 120 + 5 * (seed & 7)));
        red.put(y * (width / 2) + x, (byte) (front ? 152 : 136 - 5 * (seed & 7)));
      }
    }
  }
}
