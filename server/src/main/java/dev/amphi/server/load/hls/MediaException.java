package dev.amphi.server.load.hls;

/** Media that could not be read, with what was found. */
final class MediaException extends Exception {
  private static final long serialVersionUID = 1L;

  MediaException(String sentence) {
    super(sentence);
  }
}
