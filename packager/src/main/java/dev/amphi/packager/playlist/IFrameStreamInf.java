package dev.amphi.packager.playlist;

/**
 * EXT-X-I-FRAME-STREAM-INF (RFC 8216bis §4.4.6.3): the pictures of a variant that need no other.
 *
 * @param bandwidthBps the most that such a picture needs of its segment's time
 * @param width pixels
 * @param height pixels
 */
public record IFrameStreamInf(String uri, int bandwidthBps, String codec, int width, int height) {
  static final String TAG = "#EXT-X-I-FRAME-STREAM-INF:";

  String write(UriSuffix suffix) {
    return TAG
        + new Attributes()
            .put("BANDWIDTH", bandwidthBps)
            .quoted("CODECS", codec)
            .put("RESOLUTION", width + "x" + height)
            .quoted("URI", suffix.on(uri));
  }
}
