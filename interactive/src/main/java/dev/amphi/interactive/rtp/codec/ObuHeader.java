package dev.amphi.interactive.rtp.codec;

/** The first one or two bytes of an OBU (AV1 §5.3.2). */
final class ObuHeader {
  static final int SEQUENCE_HEADER = 1;
  static final int TEMPORAL_DELIMITER = 2;
  static final int FRAME_HEADER = 3;
  static final int TILE_GROUP = 4;
  static final int METADATA = 5;
  static final int FRAME = 6;
  static final int REDUNDANT_FRAME_HEADER = 7;

  /** The flag that says that the OBU's size follows the header. */
  static final int HAS_SIZE = 0x02;

  private static final int FORBIDDEN = 0x80;
  private static final int EXTENSION = 0x04;

  private ObuHeader() {}

  static int type(int first) {
    return first >> 3 & 0xF;
  }

  /** Bytes of the header, without the size behind it. */
  static int length(int first) {
    return (first & EXTENSION) != 0 ? 2 : 1;
  }

  static boolean valid(int first) {
    return (first & FORBIDDEN) == 0;
  }

  static boolean hasSize(int first) {
    return (first & HAS_SIZE) != 0;
  }

  /** What a decoder is given: the payload format §5 has the delimiter and tile lists dropped. */
  static boolean decoded(int type) {
    return type == SEQUENCE_HEADER || (type >= FRAME_HEADER && type <= REDUNDANT_FRAME_HEADER);
  }

  /** Whether there is something of a picture in it. */
  static boolean picture(int type) {
    return type == FRAME || type == FRAME_HEADER || type == TILE_GROUP;
  }
}
