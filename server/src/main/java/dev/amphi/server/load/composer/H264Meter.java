package dev.amphi.server.load.composer;

import java.nio.charset.StandardCharsets;

/**
 * Counts the pictures of an H.264 byte stream (ITU-T H.264 Annex B) and finds what x264 wrote about
 * its settings into the first. Read by another thread than the one that feeds it.
 */
final class H264Meter {
  private static final int SLICE = 1;
  private static final int IDR = 5;
  private static final int SEI = 6;
  private static final int LONGEST_SEI = 4_096;
  private static final String MARK = "options: ";

  private volatile long pictures;
  private volatile long bytes;
  private volatile String settings = "";
  private final StringBuilder sei = new StringBuilder();
  private int zeros;
  private int inUnit = Integer.MAX_VALUE;
  private int type;

  /** Takes more of the stream. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // written by one thread
  void add(byte[] stream, int count) {
    long found = pictures;
    for (int i = 0; i < count; i++) {
      int value = stream[i] & 0xff;
      if (value == 1 && zeros >= 2) {
        inUnit = 0;
        endSei();
      } else if (inUnit == 0) {
        type = value & 0x1f;
        inUnit = 1;
      } else if (inUnit == 1) {
        // first_mb_in_slice is 0 when its first bit is set: the first slice of a picture.
        found += (type == SLICE || type == IDR) && value >= 0x80 ? 1 : 0;
        inUnit = 2;
      }
      if (type == SEI && inUnit >= 1 && inUnit != Integer.MAX_VALUE && sei.length() < LONGEST_SEI) {
        sei.append((char) value);
      }
      zeros = value == 0 ? zeros + 1 : 0;
    }
    bytes += count;
    pictures = found;
  }

  private void endSei() {
    if (sei.isEmpty()) {
      return;
    }
    String text = settings(sei.toString());
    if (!text.isEmpty()) {
      settings = text;
    }
    sei.setLength(0);
  }

  /** The settings in a unit whose bytes are given as characters, or "". */
  static String settings(String unit) {
    int start = unit.indexOf(MARK);
    if (start < 0) {
      return "";
    }
    int end = start + MARK.length();
    while (end < unit.length() && unit.charAt(end) >= ' ' && unit.charAt(end) < 0x7f) {
      end++;
    }
    return unit.substring(start + MARK.length(), end);
  }

  /** The settings in an access unit in whatever form, or "". */
  static String settings(byte[] unit) {
    return settings(new String(unit, StandardCharsets.ISO_8859_1));
  }

  long pictures() {
    return pictures;
  }

  long bytes() {
    return bytes;
  }

  String settings() {
    return settings;
  }
}
