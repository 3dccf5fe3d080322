package dev.amphi.server.load.hls;

/** A playlist that breaks RFC 8216bis, with what was found. */
final class PlaylistException extends Exception {
  private static final long serialVersionUID = 1L;

  PlaylistException(String sentence) {
    super(sentence);
  }
}
