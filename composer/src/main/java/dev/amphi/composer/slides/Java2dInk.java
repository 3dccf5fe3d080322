package dev.amphi.composer.slides;

import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.scene.Inking;
import java.util.HashMap;
import java.util.Map;

/**
 * Lays ink over pictures. What was drawn is kept as pixels for each size of picture, so that one
 * that moves costs a copy and the ink's own extent.
 */
public final class Java2dInk implements Inking {
  /** A camera that changes its size every frame must not fill the memory. */
  private static final int MOST_SIZES = 2;

  private record Size(int width, int height) {}

  private final Map<Size, InkedPictures> known = new HashMap<>();

  @Override
  public Picture over(Picture base, InkSheet sheet) {
    Size size = new Size(base.width(), base.height());
    InkedPictures pictures = known.get(size);
    if (pictures == null) {
      if (known.size() >= MOST_SIZES) {
        known.clear();
      }
      pictures = new InkedPictures(size.width, size.height);
      known.put(size, pictures);
    }
    return pictures.over(base, sheet);
  }
}
