package dev.amphi.server.load.source;

import java.util.Locale;
import java.util.Map;

/** Capital letters and digits of five by seven pixels; what it lacks is drawn as a full block. */
final class PixelFont {
  static final int WIDTH = 5;
  static final int HEIGHT = 7;

  /** From a letter to the space before the next. */
  static final int ADVANCE = WIDTH + 1;

  private static final String BLOCK = "1f1f1f1f1f1f1f";

  /** Seven rows, two hexadecimal digits each; the lowest bit is the rightmost pixel. */
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('A', "0e11111f111111"),
          Map.entry('B', "1e11111e11111e"),
          Map.entry('C', "0e11101010110e"),
          Map.entry('D', "1e11111111111e"),
          Map.entry('E', "1f10101e10101f"),
          Map.entry('F', "1f10101e101010"),
          Map.entry('G', "0e11101711110f"),
          Map.entry('H', "1111111f111111"),
          Map.entry('I', "0e04040404040e"),
          Map.entry('J', "0702020202120c"),
          Map.entry('K', "11121418141211"),
          Map.entry('L', "1010101010101f"),
          Map.entry('M', "111b1515111111"),
          Map.entry('N', "11191513111111"),
          Map.entry('O', "0e11111111110e"),
          Map.entry('P', "1e11111e101010"),
          Map.entry('Q', "0e11111115120d"),
          Map.entry('R', "1e11111e141211"),
          Map.entry('S', "0f10100e01011e"),
          Map.entry('T', "1f040404040404"),
          Map.entry('U', "1111111111110e"),
          Map.entry('V', "11111111110a04"),
          Map.entry('W', "11111115151b11"),
          Map.entry('X', "11110a040a1111"),
          Map.entry('Y', "11110a04040404"),
          Map.entry('Z', "1f01020408101f"),
          Map.entry('0', "0e11131519110e"),
          Map.entry('1', "040c040404040e"),
          Map.entry('2', "0e11010204081f"),
          Map.entry('3', "1f02040201110e"),
          Map.entry('4', "02060a121f0202"),
          Map.entry('5', "1f101e0101110e"),
          Map.entry('6', "0608101e11110e"),
          Map.entry('7', "1f010204080808"),
          Map.entry('8', "0e11110e11110e"),
          Map.entry('9', "0e11110f01020c"),
          Map.entry(':', "000c0c000c0c00"),
          Map.entry('.', "000000000c0c00"),
          Map.entry('-', "0000001f000000"),
          Map.entry(' ', "00000000000000"));

  private PixelFont() {}

  /** Draws a line of text from its top left corner, {@code scale} pixels to a dot. */
  static void draw(Canvas canvas, int x, int y, int scale, Yuv colour, String text) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      String rows = GLYPHS.getOrDefault(capitals.charAt(i), BLOCK);
      for (int row = 0; row < HEIGHT; row++) {
        int bits = Integer.parseInt(rows, 2 * row, 2 * row + 2, 16);
        for (int column = 0; column < WIDTH; column++) {
          if ((bits >> (WIDTH - 1 - column) & 1) != 0) {
            canvas.rectangle(
                x + (i * ADVANCE + column) * scale, y + row * scale, scale, scale, colour);
          }
        }
      }
    }
  }
}
