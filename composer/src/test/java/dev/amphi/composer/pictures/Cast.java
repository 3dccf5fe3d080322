package dev.amphi.composer.pictures;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;

/** Pictures that a person tells apart at a glance, the same at each run. */
public final class Cast {
  private static final int[][] COATS = {
    {110, 160, 90}, {130, 90, 170}, {120, 110, 110}, {150, 100, 140}, {100, 150, 130}
  };

  private Cast() {}

  /** Somebody before a wall. */
  public static Picture person(int who, int width, int height) {
    PlanarPicture picture = new PlanarPicture(width, height);
    int[] coat = COATS[who % COATS.length];
    for (int band = 0; band < 8; band++) {
      int y = height * band / 8 & ~1;
      picture.fill(0, y, width, height - y, 190 - 7 * band, 124, 132);
    }
    int unit = height / 18;
    oval(picture, width / 2, height, 5 * unit, 6 * unit, coat);
    oval(picture, width / 2, 9 * unit, 5 * unit / 2, 3 * unit, new int[] {160, 112, 150});
    oval(picture, width / 2, 7 * unit, 5 * unit / 2, 3 * unit / 2, new int[] {50, 124, 134});
    return picture;
  }

  private static void oval(PlanarPicture picture, int x, int y, int wide, int high, int[] colour) {
    for (int row = Math.max(0, y - high) & ~1;
        row < Math.min(picture.height(), y + high);
        row += 2) {
      double part = (double) (row - y) / high;
      int half = (int) (wide * Math.sqrt(Math.max(0, 1 - part * part))) & ~1;
      picture.fill((x - half) & ~1, row, 2 * half, 2, colour[0], colour[1], colour[2]);
    }
  }

  /** A white slide with a heading, lines of text and a diagram, up to its edges. */
  public static Picture slide(int width, int height) {
    PlanarPicture picture = new PlanarPicture(width, height);
    int unit = height / 36 & ~1;
    picture.fill(0, 0, width, height, 235, 128, 128);
    picture.fill(0, 0, width, unit, 90, 190, 100);
    picture.fill(2 * unit, 3 * unit, 24 * unit, 2 * unit, 40, 128, 128);
    for (int line = 0; line < 7; line++) {
      int length = (18 + line * 5 % 7) * unit;
      picture.fill(2 * unit, (8 + 3 * line) * unit, length, unit, 100, 128, 128);
    }
    for (int bar = 0; bar < 5; bar++) {
      int high = (4 + bar * 3 % 13) * unit;
      picture.fill(
          (36 + 4 * bar) * unit, 28 * unit - high, 3 * unit, high, 120, 90, 180 - 20 * bar);
    }
    return picture;
  }
}
