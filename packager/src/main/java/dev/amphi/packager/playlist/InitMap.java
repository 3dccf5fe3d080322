package dev.amphi.packager.playlist;

/** EXT-X-MAP (RFC 8216bis §4.4.4.5): where the header of the segments that follow is. */
public record InitMap(String uri) {
  static final String TAG = "#EXT-X-MAP:";

  static InitMap read(Attributes from) {
    return new InitMap(from.text("URI"));
  }

  String write(UriSuffix suffix) {
    return TAG + new Attributes().quoted("URI", suffix.on(uri));
  }
}
