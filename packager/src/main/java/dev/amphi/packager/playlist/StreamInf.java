package dev.amphi.packager.playlist;

import java.util.List;
import java.util.Locale;

/**
 * EXT-X-STREAM-INF (RFC 8216bis §4.4.6.2): one variant.
 *
 * @param bandwidthBps the most that a segment needs, with its sound
 * @param averageBandwidthBps what it needs over time
 * @param width pixels; 0 when there is no picture
 * @param frameRate pictures a second; 0 when there is no picture
 * @param audioGroup the sound that goes with it
 * @param subtitleGroup the captions that go with it
 */
public record StreamInf(
    String uri,
    int bandwidthBps,
    int averageBandwidthBps,
    List<String> codecs,
    int width,
    int height,
    double frameRate,
    String audioGroup,
    String subtitleGroup) {
  static final String TAG = "#EXT-X-STREAM-INF:";

  String write() {
    Attributes attributes =
        new Attributes()
            .put("BANDWIDTH", bandwidthBps)
            .put("AVERAGE-BANDWIDTH", averageBandwidthBps)
            .quoted("CODECS", String.join(",", codecs));
    if (width > 0) {
      attributes.put("RESOLUTION", width + "x" + height);
    }
    if (frameRate > 0) {
      attributes.put("FRAME-RATE", String.format(Locale.ROOT, "%.3f", frameRate));
    }
    if (!audioGroup.isEmpty()) {
      attributes.quoted("AUDIO", audioGroup);
    }
    if (!subtitleGroup.isEmpty()) {
      attributes.quoted("SUBTITLES", subtitleGroup);
    }
    return TAG + attributes;
  }
}
