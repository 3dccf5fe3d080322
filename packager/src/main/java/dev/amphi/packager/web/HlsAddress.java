package dev.amphi.packager.web;

import org.jspecify.annotations.Nullable;

/**
 * A file of one run of a broadcast, as a request names it.
 *
 * @param token that stood in the path; empty when there was none
 */
record HlsAddress(String token, String room, String run, String rendition, String file) {
  private static final String PREFIX = "/hls/";
  private static final int PIECES = 4;

  /**
   * Reads {@code /hls/{room}/{run}/{rendition}/{file}} and {@code /hls/~{token}/{room}/…}.
   *
   * @param path as it came, not decoded
   * @return null for everything else, and where any letter is not a plain one
   */
  static @Nullable HlsAddress parse(@Nullable String path) {
    if (path == null || !path.startsWith(PREFIX) || !plain(path)) {
      return null;
    }
    int from = PREFIX.length();
    String token = "";
    if (path.startsWith("~", from)) {
      int end = path.indexOf('/', from);
      if (end < 0) {
        return null;
      }
      token = path.substring(from + 1, end);
      from = end + 1;
    }
    String[] pieces = new String[PIECES];
    for (int i = 0; i < PIECES; i++) {
      int end = i == PIECES - 1 ? path.length() : path.indexOf('/', from);
      if (end <= from) {
        return null;
      }
      pieces[i] = path.substring(from, end);
      from = end + 1;
    }
    return pieces[PIECES - 1].indexOf('/') >= 0
        ? null
        : new HlsAddress(token, pieces[0], pieces[1], pieces[2], pieces[3]);
  }

  private static boolean plain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean fine =
          (c >= 'a' && c <= 'z')
              || (c >= '-' && c <= '9') // - . / and digits
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || c == '~';
      if (!fine) {
        return false;
      }
    }
    return true;
  }
}
