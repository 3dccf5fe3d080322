package dev.amphi.composer.process;

import java.nio.ByteBuffer;

/**
 * Looks whether bytes are one whole baseline JPEG of a size (ITU-T T.81, Annex B), without decoding
 * it: known segments in front, one frame header, one scan, and nothing behind its end. Pure.
 */
final class JpegCheck {
  private static final int SOF0 = 0xc0;
  private static final int DHT = 0xc4;
  private static final int SOI = 0xd8;
  private static final int EOI = 0xd9;
  private static final int SOS = 0xda;
  private static final int DQT = 0xdb;
  private static final int DRI = 0xdd;
  private static final int APP0 = 0xe0;
  private static final int COM = 0xfe;
  private static final int RST0 = 0xd0;
  private static final int RST7 = 0xd7;

  private final ByteBuffer in;
  private int framesFound;

  private JpegCheck(ByteBuffer in) {
    this.in = in;
  }

  /** What is wrong with it; "" when nothing is. */
  static String fault(ByteBuffer jpeg, int width, int height) {
    return new JpegCheck(jpeg.duplicate()).fault(width, height);
  }

  private String fault(int width, int height) {
    if (in.remaining() < 4 || marker() != SOI) {
      return "it does not begin as one";
    }
    while (in.remaining() >= 4) {
      int marker = marker();
      int start = in.position();
      int length = in.getShort() & 0xffff;
      if (length < 2 || length > in.limit() - start) {
        return "a segment claims a length of " + length + " bytes";
      }
      switch (marker) {
        case DHT, DQT, DRI, APP0, COM -> {}
        case SOF0 -> {
          if (framesFound++ > 0 || !frames(length, width, height)) {
            return "it is not of %d×%d".formatted(width, height);
          }
        }
        case SOS -> {
          in.position(start + length);
          return framesFound == 1 ? scanFault() : "its scan has no frame";
        }
        default -> {
          return "it has a segment of type " + marker;
        }
      }
      in.position(start + length);
    }
    return "it has no scan";
  }

  /** The code of the next marker, or -1 where there is none. */
  private int marker() {
    return (in.get() & 0xff) == 0xff ? in.get() & 0xff : -1;
  }

  /** Eight bits, that many lines of that many samples, three components (§B.2.2). */
  private boolean frames(int length, int width, int height) {
    return length == 17
        && in.get() == 8
        && (in.getShort() & 0xffff) == height
        && (in.getShort() & 0xffff) == width
        && in.get() == 3;
  }

  /** What is coded has no markers but restarts until the end, which is the last. */
  private String scanFault() {
    while (in.hasRemaining()) {
      if ((in.get() & 0xff) != 0xff) {
        continue;
      }
      int next = in.hasRemaining() ? in.get() & 0xff : -1;
      if (next == EOI) {
        return in.hasRemaining() ? "something stands behind its end" : "";
      }
      if (next != 0 && (next < RST0 || next > RST7)) {
        return "its scan has a marker " + next;
      }
    }
    return "it has no end";
  }
}
