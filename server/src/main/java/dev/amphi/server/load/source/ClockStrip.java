package dev.amphi.server.load.source;

/**
 * The machine-readable clock in a synthetic picture: three rows of sixteen black and white cells
 * between a magenta and a green column. The first two rows are the 32 bits of a wall clock in
 * milliseconds, the third is their CRC-16; {@code docs/clock.md} describes it for other readers.
 */
final class ClockStrip {
  /** Cells of a row that carry bits. */
  static final int BITS_PER_ROW = 16;

  static final int ROWS = 3;

  /** Sixteen data cells and a marker on either side. */
  static final int COLUMNS = BITS_PER_ROW + 2;

  private static final Yuv START = Yuv.rgb(0xff00ff);
  private static final Yuv END = Yuv.rgb(0x00ff00);

  private ClockStrip() {}

  /** The 48 bits of the cells, the first cell's highest: time, then CRC. */
  static long cells(int millis) {
    return (millis & 0xffff_ffffL) << 16 | crc(millis);
  }

  /** CRC-16/IBM-3740: polynomial 0x1021, start 0xffff, over the four bytes, highest first. */
  static int crc(int millis) {
    int crc = 0xffff;
    for (int shift = 24; shift >= 0; shift -= 8) {
      crc ^= (millis >>> shift & 0xff) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
      }
      crc &= 0xffff;
    }
    return crc;
  }

  /** Draws the strip a fifth from the top, centred, about 70 % as wide as the picture. */
  static void draw(Canvas canvas, int millis) {
    int cell = (int) (canvas.width() * 0.7 / COLUMNS) & ~1;
    int row = Math.max(2, canvas.height() / 18 & ~1);
    int left = (canvas.width() - COLUMNS * cell) / 2 & ~1;
    int top = canvas.height() / 5 & ~1;
    int rim = Math.max(2, row / 5 & ~1);
    canvas.rectangle(
        left - rim, top - rim, COLUMNS * cell + 2 * rim, ROWS * row + 2 * rim, Yuv.BLACK);
    canvas.rectangle(left, top, cell, ROWS * row, START);
    canvas.rectangle(left + (COLUMNS - 1) * cell, top, cell, ROWS * row, END);
    long cells = cells(millis);
    for (int i = 0; i < ROWS * BITS_PER_ROW; i++) {
      boolean white = (cells >>> (ROWS * BITS_PER_ROW - 1 - i) & 1) != 0;
      int x = left + (1 + i % BITS_PER_ROW) * cell;
      canvas.rectangle(x, top + i / BITS_PER_ROW * row, cell, row, white ? Yuv.WHITE : Yuv.BLACK);
    }
  }
}
