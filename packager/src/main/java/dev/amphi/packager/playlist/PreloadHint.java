package dev.amphi.packager.playlist;

/** EXT-X-PRELOAD-HINT (RFC 8216bis §4.4.5.3): the part that will be published next. */
public record PreloadHint(String uri) {
  static final String TAG = "#EXT-X-PRELOAD-HINT:";

  static PreloadHint read(Attributes from) {
    return new PreloadHint(from.text("URI"));
  }

  String write(UriSuffix suffix) {
    return TAG + new Attributes().put("TYPE", "PART").quoted("URI", suffix.on(uri));
  }
}
