package dev.amphi.composer.codec;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * A still picture on its way between processes: the three planes without gaps, luma, Cb, Cr,
 * deflated (RFC 1951). Nothing that reads it has to parse an image format.
 */
public final class PackedPicture {
  /** Pixels each way; what claims more is not unpacked. */
  public static final int MOST_PIXELS = 4_096;

  private PackedPicture() {}

  /** Packs a picture of even size. */
  public static byte[] pack(Picture picture) {
    byte[] planes = new byte[bytes(picture.width(), picture.height())];
    int at = 0;
    for (int index = 0; index < 3; index++) {
      int width = index == 0 ? picture.width() : picture.width() / 2;
      int rows = index == 0 ? picture.height() : picture.height() / 2;
      ByteBuffer plane = picture.plane(index);
      for (int row = 0; row < rows; row++, at += width) {
        plane.get(row * picture.stride(index), planes, at, width);
      }
    }
    return deflated(planes);
  }

  private static byte[] deflated(byte[] planes) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(planes);
      deflater.finish();
      byte[] out = new byte[planes.length + planes.length / 1_000 + 64];
      int length = 0;
      while (!deflater.finished()) {
        length += deflater.deflate(out, length, out.length - length);
      }
      return java.util.Arrays.copyOf(out, length);
    } finally {
      deflater.end();
    }
  }

  /**
   * Unpacks a picture; empty when the size is odd, empty or beyond {@link #MOST_PIXELS}, or the
   * bytes are not exactly one picture of that size.
   */
  public static Optional<Picture> unpack(int width, int height, ByteBuffer packed) {
    if (wrong(width) || wrong(height)) {
      return Optional.empty();
    }
    byte[] planes = new byte[bytes(width, height)];
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed.duplicate());
      int length = 0;
      while (length < planes.length) {
        int more = inflater.inflate(planes, length, planes.length - length);
        if (more == 0) {
          return Optional.empty();
        }
        length += more;
      }
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
    PlanarPicture picture = new PlanarPicture(width, height);
    int quarter = width / 2 * (height / 2);
    picture.plane(0).put(0, planes, 0, width * height);
    picture.plane(1).put(0, planes, width * height, quarter);
    picture.plane(2).put(0, planes, width * height + quarter, quarter);
    return Optional.of(picture);
  }

  private static boolean wrong(int size) {
    return size < 2 || size > MOST_PIXELS || size % 2 != 0;
  }

  private static int bytes(int width, int height) {
    return width * height * 3 / 2;
  }
}
