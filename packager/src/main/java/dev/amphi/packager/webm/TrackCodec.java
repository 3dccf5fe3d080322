package dev.amphi.packager.webm;

/** A coding that a track may have, and how Matroska calls it (RFC 9559, codec specifications). */
public enum TrackCodec {
  OPUS("A_OPUS", "opus", false, true),
  VP8("V_VP8", "vp8", true, true),
  VP9("V_VP9", "vp9", true, true),
  AV1("V_AV1", "av1", true, true),
  H264("V_MPEG4/ISO/AVC", "h264", true, false);

  private final String codecId;
  private final String wireName;
  private final boolean video;
  private final boolean webm;

  TrackCodec(String codecId, String wireName, boolean video, boolean webm) {
    this.codecId = codecId;
    this.wireName = wireName;
    this.video = video;
    this.webm = webm;
  }

  String codecId() {
    return codecId;
  }

  /** The name used in JSON. */
  public String wireName() {
    return wireName;
  }

  /** The coding of that name. */
  public static TrackCodec named(String wireName) {
    for (TrackCodec codec : values()) {
      if (codec.wireName.equals(wireName)) {
        return codec;
      }
    }
    throw new IllegalArgumentException("a coding called " + wireName);
  }

  public boolean video() {
    return video;
  }

  /** WebM takes the free codings only; the others are Matroska. */
  String docType() {
    return webm ? "webm" : "matroska";
  }

  /** How a file of it is called at its end. */
  public String suffix() {
    return webm ? ".webm" : ".mkv";
  }

  /** The second half of the media type. */
  public String subtype() {
    return docType();
  }
}
