package dev.amphi.server.load.source;

import dev.amphi.composer.codec.Picture;

/**
 * The moving picture of a synthetic participant: somebody who sways and speaks before a wall in the
 * participant's own colour, beside a board that fills with lines, and across it the {@link
 * ClockStrip machine-readable clock}. A pure function of the time; one picture is reused for all.
 */
public final class SyntheticPicture {
  private static final int[] WALLS = {0x27566b, 0x6b4a27, 0x3d3a78, 0x5c6b27, 0x6b2f3a, 0x2f6b58};
  private static final int[] CLOTHES = {0x1d2b3a, 0xb8503c, 0xe0b354, 0x2a7f8c, 0x394d8f, 0xc78a9b};
  private static final int[] SKINS = {0xd9a47c, 0x8d5a3b, 0xf0c6a0, 0xb27b52, 0x6f4630, 0xe3b48c};
  private static final Yuv BOARD = Yuv.rgb(0xeeeae0);
  private static final Yuv INK = Yuv.rgb(0x3a4a55);
  private static final Yuv HAIR = Yuv.rgb(0x2b211c);
  private static final Yuv MOUTH = Yuv.rgb(0x7a2430);

  /** A new line appears on the board this often, and the board is wiped when it is full. */
  private static final int MILLIS_PER_LINE = 1_500;

  private static final int LINES = 5;

  private final Canvas room;
  private final Canvas picture;
  private final Yuv clothes;
  private final Yuv skin;
  private final double unit;

  /**
   * Prepares the picture of a participant.
   *
   * @param index chooses the colours
   * @param name its initials are on the board; may be empty
   * @param width pixels, even, at least 64
   * @param height pixels, even, at least 36
   */
  public SyntheticPicture(int index, String name, int width, int height) {
    if (width < 64 || height < 36) {
      throw new IllegalArgumentException(
          "A synthetic picture has at least 64×36 pixels, this one %d×%d".formatted(width, height));
    }
    clothes = Yuv.rgb(CLOTHES[Math.floorMod(index, CLOTHES.length)]);
    skin = Yuv.rgb(SKINS[Math.floorMod(index, SKINS.length)]);
    unit = height / 360.0;
    room = new Canvas(width, height);
    picture = new Canvas(width, height);
    drawRoom(Yuv.rgb(WALLS[Math.floorMod(index, WALLS.length)]), name);
  }

  private void drawRoom(Yuv wall, String name) {
    int height = room.height();
    int bands = 24;
    for (int band = 0; band < bands; band++) {
      int from = band * height / bands & ~1;
      int to = (band + 1) * height / bands & ~1;
      room.rectangle(0, from, room.width(), to - from, wall.mixed(Yuv.BLACK, 0.45 * band / bands));
    }
    room.rectangle(boardX(), at(150), at(200), at(150), Yuv.BLACK.mixed(wall, 0.5));
    room.rectangle(boardX() + at(4), at(154), at(192), at(142), BOARD);
    PixelFont.draw(room, boardX() + at(16), at(164), Math.max(1, at(3)), INK, initials(name));
  }

  /** The first letters of the first two words. */
  static String initials(String name) {
    StringBuilder letters = new StringBuilder();
    for (String word : name.strip().split("\\s+", 3)) {
      if (!word.isEmpty() && letters.length() < 2) {
        letters.append(word.charAt(0));
      }
    }
    return letters.toString();
  }

  /**
   * Draws the picture of an instant.
   *
   * @param wallClockMillis since 1970; its lowest 32 bits are in the clock
   * @return valid until the next call
   */
  public Picture at(long wallClockMillis) {
    picture.copy(room);
    drawLines(wallClockMillis);
    drawPerson(wallClockMillis / 1_000.0 % 3_600);
    ClockStrip.draw(picture, (int) wallClockMillis);
    return picture;
  }

  private void drawLines(long millis) {
    long step = millis / MILLIS_PER_LINE;
    int full = (int) (step % (LINES + 1));
    for (int line = 0; line < full; line++) {
      int length = 100 + (int) ((step / (LINES + 1) * 31 + line * 53L) % 68);
      picture.rectangle(boardX() + at(16), at(200 + 17 * line), at(length), at(7), INK);
    }
  }

  private void drawPerson(double seconds) {
    double x = picture.width() * 0.68 + 14 * unit * Math.sin(seconds * 0.9);
    double y = 218 * unit + 4 * unit * Math.sin(seconds * 2.3);
    picture.ellipse(x, 372 * unit, 92 * unit, 92 * unit, clothes);
    picture.ellipse(x, 276 * unit, 20 * unit, 30 * unit, skin.mixed(Yuv.BLACK, 0.12));
    picture.ellipse(x, y - 10 * unit, 47 * unit, 52 * unit, HAIR);
    picture.ellipse(x, y + 4 * unit, 41 * unit, 48 * unit, skin);
    boolean blink = seconds % 3.7 < 0.15;
    for (int side = -1; side <= 1; side += 2) {
      picture.ellipse(x + side * 15 * unit, y - 4 * unit, 5 * unit, blink ? unit : 5 * unit, HAIR);
    }
    double open = Math.abs(Math.sin(seconds * 8)) * (Math.sin(seconds * 1.7) > -0.6 ? 1 : 0.1);
    picture.ellipse(x, y + 27 * unit, 13 * unit, (2 + 7 * open) * unit, MOUTH);
  }

  private int boardX() {
    return (int) (picture.width() * 0.09) & ~1;
  }

  /** Pixels for a length given in 360ths of the height, even. */
  private int at(int length) {
    return (int) (length * unit) & ~1;
  }
}
