package dev.amphi.composer.scene;

/**
 * A drawing to be laid over a picture.
 *
 * @param width pixels, even
 * @param height pixels, even
 * @param luma one byte per pixel, 16 to 235
 * @param alpha one byte per pixel, 255 hides what is below
 * @param chroma blue differences, then red ones, a byte each for every square of four pixels; empty
 *     for a drawing without colours
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; made once and only read
public record Overlay(int width, int height, byte[] luma, byte[] alpha, byte[] chroma) {
  private static final int GREY = 128;

  /** Without colours. */
  public Overlay(int width, int height, byte[] luma, byte[] alpha) {
    this(width, height, luma, alpha, new byte[0]);
  }

  /**
   * A colour difference.
   *
   * @param plane 1 blue, 2 red
   * @param column of half the width
   * @param row of half the height
   */
  public int chroma(int plane, int column, int row) {
    int half = width / 2;
    return chroma.length == 0
        ? GREY
        : chroma[(plane - 1) * half * (height / 2) + row * half + column] & 0xff;
  }
}
