package dev.amphi.server.load.source;

import dev.amphi.composer.codec.Picture;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/** Puts pictures onto others as a mixer would: bilinear scaling, then noise. */
final class Scaled {
  private Scaled() {}

  static void draw(Picture from, Canvas onto, int x, int y, int w, int h) {
    for (int plane = 0; plane < 3; plane++) {
      int divide = plane == 0 ? 1 : 2;
      plane(from, onto, plane, new int[] {x / divide, y / divide, w / divide, h / divide});
    }
  }

  private static void plane(Picture from, Canvas onto, int plane, int[] place) {
    ByteBuffer source = from.plane(plane);
    ByteBuffer target = onto.plane(plane);
    int width = plane == 0 ? from.width() : from.width() / 2;
    int height = plane == 0 ? from.height() : from.height() / 2;
    for (int row = 0; row < place[3]; row++) {
      double sy = Math.max(0, (row + 0.5) * height / place[3] - 0.5);
      for (int column = 0; column < place[2]; column++) {
        double sx = Math.max(0, (column + 0.5) * width / place[2] - 0.5);
        int value = between(source, from.stride(plane), width, height, sx, sy);
        target.put((place[1] + row) * onto.stride(plane) + place[0] + column, (byte) value);
      }
    }
  }

  private static int between(ByteBuffer p, int stride, int width, int height, double x, double y) {
    int left = Math.min((int) x, width - 1);
    int top = Math.min((int) y, height - 1);
    int right = Math.min(left + 1, width - 1);
    int below = Math.min(top + 1, height - 1);
    double fx = x - left;
    double fy = y - top;
    double upper = (p.get(top * stride + left) & 0xff) * (1 - fx);
    upper += (p.get(top * stride + right) & 0xff) * fx;
    double lower = (p.get(below * stride + left) & 0xff) * (1 - fx);
    lower += (p.get(below * stride + right) & 0xff) * fx;
    return (int) Math.round(upper * (1 - fy) + lower * fy);
  }

  static void noise(Canvas picture, SplittableRandom random, double deviation) {
    for (int plane = 0; plane < 3; plane++) {
      ByteBuffer bytes = picture.plane(plane);
      for (int i = 0; i < bytes.capacity(); i++) {
        double noisy = (bytes.get(i) & 0xff) + random.nextGaussian() * deviation;
        bytes.put(i, (byte) Math.clamp(Math.round(noisy), 0, 255));
      }
    }
  }
}
