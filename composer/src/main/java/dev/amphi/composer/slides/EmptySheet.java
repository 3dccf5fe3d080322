package dev.amphi.composer.slides;

import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.codec.PlanarPicture;

/** White paper to draw on, where nobody shows a picture. */
public final class EmptySheet {
  public static final int WIDTH = 1_280;
  public static final int HEIGHT = 720;

  private static final int LUMA = 229;

  private EmptySheet() {}

  /** Its picture, packed. */
  public static byte[] packed() {
    PlanarPicture paper = new PlanarPicture(WIDTH, HEIGHT);
    paper.fill(0, 0, WIDTH, HEIGHT, LUMA, 128, 128);
    return PackedPicture.pack(paper);
  }
}
