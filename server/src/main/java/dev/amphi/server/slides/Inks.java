package dev.amphi.server.slides;

/** Everybody's pen has a colour of its own: the same as in the pages. */
final class Inks {
  private static final int[] COLOURS = {
    0xFF4D5E, 0x2F9BFF, 0xFFB020, 0x2FC46B, 0xC86BFF, 0x12C2C2, 0xFF7AC0, 0xF2F230
  };

  private Inks() {}

  /** 0xRRGGBB. */
  static int of(String participantId) {
    int sum = 0;
    for (int i = 0; i < participantId.length(); ) {
      int point = participantId.codePointAt(i);
      sum = sum * 33 + point;
      i += Character.charCount(point);
    }
    return COLOURS[Integer.remainderUnsigned(sum, COLOURS.length)];
  }
}
