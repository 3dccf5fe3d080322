package dev.amphi.packager.playlist;

/** EXT-X-PART-INF (RFC 8216bis §4.4.3.7): no part is longer than this; seconds. */
public record PartInf(double partTargetS) {
  static final String TAG = "#EXT-X-PART-INF:";

  static PartInf read(Attributes from) {
    return new PartInf(from.number("PART-TARGET"));
  }

  String write() {
    return TAG + new Attributes().put("PART-TARGET", partTargetS);
  }
}
