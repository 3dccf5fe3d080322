package dev.amphi.composer.pictures;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.lettering.Java2dLettering;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

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

  /** Letters with a school's logo, which is a mark in that corner. */
  public static Java2dLettering marked(Corner corner) {
    try {
      Path file = Files.createTempFile("logo", ".png");
      ImageIO.write(logo(), "png", file.toFile());
      Java2dLettering lettering = Java2dLettering.withMark(file, corner);
      Files.delete(file);
      return lettering;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A prism that takes light apart, with nothing around it. */
  public static BufferedImage logo() {
    BufferedImage image = new BufferedImage(960, 400, BufferedImage.TYPE_INT_ARGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(0, 0, 400, 400);
    graphics.setColor(new Color(0x1B3A6B));
    graphics.fillOval(16, 16, 368, 368);
    graphics.setColor(Color.WHITE);
    graphics.fillPolygon(new int[] {200, 310, 90}, new int[] {90, 280, 280}, 3);
    int[] light = {0xD9443F, 0xF2B632, 0x3FA45B, 0x2F7FD0};
    for (int i = 0; i < light.length; i++) {
      graphics.setColor(new Color(light[i]));
      graphics.fillRect(440, 80 + 64 * i, 500 - 60 * i, 44);
    }
    graphics.dispose();
    return image;
  }
}
