package dev.amphi.composer.slides;

import dev.amphi.composer.api.InkSheet;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.codec.PlanarPicture;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Pictures of one size with ink over them: two in turn, so that the last one stays whole. */
final class InkedPictures {
  /** Another picture for whoever compares, in memory that is used again. */
  private static final class Inked implements Picture {
    private final PlanarPicture pixels;

    Inked(PlanarPicture pixels) {
      this.pixels = pixels;
    }

    @Override
    public int width() {
      return pixels.width();
    }

    @Override
    public int height() {
      return pixels.height();
    }

    @Override
    public ByteBuffer plane(int index) {
      return pixels.plane(index);
    }

    @Override
    public int stride(int index) {
      return pixels.stride(index);
    }

    @Override
    public Picture share() {
      return this;
    }

    @Override
    public void close() {}
  }

  private final int width;
  private final int height;
  private final InkRaster raster;
  private final PlanarPicture[] memory = new PlanarPicture[2];
  private int next;
  private @Nullable Picture base;
  private @Nullable Picture inked;
  private long version = -1;

  InkedPictures(int width, int height) {
    this.width = width;
    this.height = height;
    this.raster = new InkRaster(width, height);
  }

  @SuppressWarnings("ReferenceEquality") // a picture never changes, so the same one looks the same
  Picture over(Picture picture, InkSheet sheet) {
    Picture last = inked;
    if (last != null && picture == base && version == sheet.version()) {
      return last;
    }
    if (version != sheet.version()) {
      raster.draw(sheet);
      version = sheet.version();
    }
    PlanarPicture target = memory[next];
    if (target == null) {
      target = new PlanarPicture(width, height);
      memory[next] = target;
    }
    next = 1 - next;
    copy(picture, target);
    raster.blend(target);
    base = picture;
    Inked made = new Inked(target);
    inked = made;
    return made;
  }

  private static void copy(Picture from, PlanarPicture to) {
    for (int index = 0; index < 3; index++) {
      int columns = index == 0 ? to.width() : (to.width() + 1) / 2;
      int rows = index == 0 ? to.height() : (to.height() + 1) / 2;
      ByteBuffer source = from.plane(index);
      ByteBuffer target = to.plane(index);
      for (int row = 0; row < rows; row++) {
        target.put(row * to.stride(index), source, row * from.stride(index), columns);
      }
    }
  }
}
