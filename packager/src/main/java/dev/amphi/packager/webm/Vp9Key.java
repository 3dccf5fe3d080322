package dev.amphi.packager.webm;

import dev.amphi.packager.mp4.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The size in a key frame of VP9 (VP9 bitstream specification §6.2). */
final class Vp9Key {
  private static final int HEADER = 16;
  private static final int SYNC = 0x498342;
  private static final int SRGB = 7;

  private Vp9Key() {}

  static Optional<Coding> read(ByteBuffer frame) {
    byte[] head = new byte[Math.min(HEADER, frame.remaining())];
    frame.get(frame.position(), head);
    Bits in = new Bits(head);
    boolean marked = in.number(2) == 2;
    long profile = in.number(1) | in.number(1) << 1;
    in.skip(profile == 3 ? 1 : 0);
    long what = in.number(2); // whether it is shown again, and whether it is no key frame
    in.skip(2);
    if (!marked || what != 0 || in.number(24) != SYNC) {
      return Optional.empty();
    }
    in.skip(profile >= 2 ? 1 : 0);
    boolean subsampled = profile == 1 || profile == 3;
    if (in.number(3) != SRGB) {
      in.skip(subsampled ? 4 : 1);
    } else {
      in.skip(subsampled ? 1 : 0);
    }
    int width = (int) in.number(16) + 1;
    int height = (int) in.number(16) + 1;
    return in.isOver() ? Optional.empty() : Optional.of(new Coding(width, height, Bytes.EMPTY));
  }
}
