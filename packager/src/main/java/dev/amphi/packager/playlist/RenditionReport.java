package dev.amphi.packager.playlist;

/**
 * EXT-X-RENDITION-REPORT (RFC 8216bis §4.4.5.4): how far another rendition is.
 *
 * @param lastPart index of the last part of segment {@code lastMsn}
 */
public record RenditionReport(String uri, long lastMsn, int lastPart) {
  static final String TAG = "#EXT-X-RENDITION-REPORT:";

  static RenditionReport read(Attributes from) {
    return new RenditionReport(
        from.text("URI"), from.whole("LAST-MSN"), (int) from.whole("LAST-PART"));
  }

  String write(UriSuffix suffix) {
    return TAG
        + new Attributes()
            .quoted("URI", suffix.on(uri))
            .put("LAST-MSN", lastMsn)
            .put("LAST-PART", lastPart);
  }
}
