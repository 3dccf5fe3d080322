package dev.amphi.packager.playlist;

/**
 * What is put after each URI of a playlist, so that a viewer's token travels to the next request.
 */
public record UriSuffix(String text) {
  /** Nothing is put after a URI. */
  public static final UriSuffix NONE = new UriSuffix("");

  /** A URI with it. */
  public String on(String uri) {
    return uri + text;
  }
}
