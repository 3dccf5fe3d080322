package dev.amphi.packager.playlist;

/**
 * EXT-X-PART (RFC 8216bis §4.4.4.9).
 *
 * @param independent whether it starts with a picture that needs no other
 * @param gap whether there is nothing to fetch
 */
public record MediaPart(String uri, double durationS, boolean independent, boolean gap) {
  static final String TAG = "#EXT-X-PART:";

  static MediaPart read(Attributes from) {
    return new MediaPart(
        from.text("URI"), from.number("DURATION"), from.yes("INDEPENDENT"), from.yes("GAP"));
  }

  String write(UriSuffix suffix) {
    return TAG
        + new Attributes()
            .put("DURATION", durationS)
            .quoted("URI", suffix.on(uri))
            .yes("INDEPENDENT", independent)
            .yes("GAP", gap);
  }
}
