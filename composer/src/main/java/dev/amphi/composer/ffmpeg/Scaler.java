package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Rect;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;

/**
 * Scales a part of pictures to one size, in the program's colour range if nothing else is said.
 * Keeps its tables as long as the pictures have the same shape.
 */
final class Scaler implements AutoCloseable {
  private record Shape(int width, int height, int format, boolean fullRange, Rect part) {}

  private final int flags;
  private final AvPicture target;
  private final boolean toFullRange;
  private final PointerPointer<BytePointer> sourcePlanes = new PointerPointer<>(4L);
  private final PointerPointer<BytePointer> targetPlanes = new PointerPointer<>(4L);
  private final IntPointer sourceStrides = new IntPointer(4L);
  private final IntPointer targetStrides = new IntPointer(4L);
  private @Nullable Shape shape;
  private @Nullable SwsContext context;

  /**
   * Scales into a picture of its own.
   *
   * @param sharp for text; otherwise the faster filter
   */
  Scaler(int width, int height, boolean sharp) {
    this(width, height, flags(sharp), false);
  }

  private Scaler(int width, int height, int flags, boolean toFullRange) {
    this.flags = flags;
    this.toFullRange = toFullRange;
    target = AvPicture.allocate(width, height);
    if (toFullRange) {
      target.frame().format(avutil.AV_PIX_FMT_YUVJ420P).color_range(avutil.AVCOL_RANGE_JPEG);
    }
  }

  /** Scales into a picture whose levels are 0 to 255, as those of JPEGs. */
  static Scaler fullRange(int width, int height) {
    return new Scaler(width, height, swscale.SWS_AREA, true);
  }

  /** Whether it makes pictures of that size in that way. */
  boolean makes(int width, int height, boolean sharp) {
    return target.width() == width && target.height() == height && flags == flags(sharp);
  }

  private static int flags(boolean sharp) {
    return sharp ? swscale.SWS_BICUBIC : swscale.SWS_BILINEAR;
  }

  /** The picture that was scaled last; it stays the scaler's. */
  AvPicture target() {
    return target;
  }

  /** Scales one part, whose place is even. */
  void scale(Picture picture, Rect part) {
    try (AvPicture copy = picture instanceof AvPicture ? null : copyOf(picture)) {
      AvPicture from = copy != null ? copy : (AvPicture) picture;
      SwsContext tables = tables(from.frame(), part);
      for (int plane = 0; plane < 3; plane++) {
        int shift = plane == 0 ? 0 : 1;
        long offset = (long) (part.y() >> shift) * from.stride(plane) + (part.x() >> shift);
        sourcePlanes.put(plane, from.at(plane, offset));
        sourceStrides.put(plane, from.stride(plane));
        targetPlanes.put(plane, target.at(plane, 0));
        targetStrides.put(plane, target.stride(plane));
      }
      swscale.sws_scale(
          tables, sourcePlanes, sourceStrides, 0, part.height(), targetPlanes, targetStrides);
    }
  }

  private static AvPicture copyOf(Picture picture) {
    AvPicture copy = AvPicture.allocate(picture.width(), picture.height());
    copy.copyFrom(picture);
    return copy;
  }

  private SwsContext tables(AVFrame source, Rect part) {
    boolean full =
        source.format() == avutil.AV_PIX_FMT_YUVJ420P
            || source.color_range() == avutil.AVCOL_RANGE_JPEG;
    Shape wanted = new Shape(source.width(), source.height(), source.format(), full, part);
    SwsContext known = context;
    if (known != null && wanted.equals(shape)) {
      return known;
    }
    freeTables();
    SwsContext made =
        swscale.sws_getContext(
            part.width(),
            part.height(),
            avutil.AV_PIX_FMT_YUV420P,
            target.width(),
            target.height(),
            avutil.AV_PIX_FMT_YUV420P,
            flags,
            null,
            null,
            (DoublePointer) null);
    if (made == null) {
      throw new IllegalStateException(
          "Cannot scale %s to %d×%d".formatted(wanted, target.width(), target.height()));
    }
    IntPointer matrix = swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT);
    swscale.sws_setColorspaceDetails(
        made, matrix, full ? 1 : 0, matrix, toFullRange ? 1 : 0, 0, 1 << 16, 1 << 16);
    context = made;
    shape = wanted;
    return made;
  }

  private void freeTables() {
    if (context != null) {
      swscale.sws_freeContext(context);
      context = null;
    }
  }

  @Override
  public void close() {
    freeTables();
    target.close();
    sourcePlanes.close();
    targetPlanes.close();
    sourceStrides.close();
    targetStrides.close();
  }
}
