package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.VideoEncoding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A video encoder's name and private options.
 *
 * @param lengthPrefixed H.264 as MP4 wants it: parameter sets apart, units with lengths
 */
record VideoCoding(String encoder, boolean lengthPrefixed, Map<String, String> options) {

  /**
   * The program's H.264 by x264: one thread, no look-ahead, a closed GOP of exact length, and a
   * profile that every WebRTC endpoint has to decode (RFC 7742 §6.2).
   */
  static VideoCoding programX264(VideoEncoding encoding) {
    return programX264(encoding, "superfast");
  }

  /** As the other, for a machine that has no time. */
  static VideoCoding quickX264(VideoEncoding encoding) {
    return programX264(encoding, "ultrafast");
  }

  private static VideoCoding programX264(VideoEncoding encoding, String preset) {
    Map<String, String> options = x264(encoding, preset);
    options.put("profile", "baseline");
    return new VideoCoding("libx264", true, options);
  }

  /** H.264 as browsers send it: constrained baseline, parameter sets before each IDR. */
  static VideoCoding stageX264(VideoEncoding encoding) {
    Map<String, String> options = x264(encoding, "ultrafast");
    options.put("profile", "baseline");
    return new VideoCoding("libx264", false, options);
  }

  private static Map<String, String> x264(VideoEncoding encoding, String preset) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("preset", preset);
    options.put("tune", "zerolatency");
    options.put("forced-idr", "1");
    options.put(
        "x264-params",
        "keyint=%1$d:min-keyint=%1$d:scenecut=0:open-gop=0:sliced-threads=0:qpmin=10"
            .formatted(encoding.keyFrameInterval()));
    return options;
  }

  /**
   * Whether a key frame that nobody asked for is to be told as any other picture. OpenH264 makes
   * one at each cut of its input, and FFmpeg has no option for that: it does no harm where it is,
   * but segments begin elsewhere. Its own interval is left to who asks.
   */
  boolean onlyAsked() {
    return encoder.equals("libopenh264") && lengthPrefixed;
  }

  /** H.264 by Cisco's encoder, which builds without the GPL have. */
  static VideoCoding openH264(boolean lengthPrefixed) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("rc_mode", "bitrate");
    options.put("allow_skip_frames", "0");
    return new VideoCoding("libopenh264", lengthPrefixed, options);
  }

  /** VP9 as browsers send it, without layers. */
  static VideoCoding stageVp9() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("deadline", "realtime");
    options.put("cpu-used", "8");
    options.put("lag-in-frames", "0");
    options.put("error-resilient", "1");
    return new VideoCoding("libvpx-vp9", false, options);
  }

  /** AV1 as browsers send it, without layers: temporal units whose OBUs say their sizes. */
  static VideoCoding stageAv1() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("usage", "realtime");
    options.put("cpu-used", "8");
    options.put("lag-in-frames", "0");
    return new VideoCoding("libaom-av1", false, options);
  }

  /** VP8 as browsers send it. */
  static VideoCoding stageVp8() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("deadline", "realtime");
    options.put("cpu-used", "10");
    options.put("lag-in-frames", "0");
    options.put("error-resilient", "default");
    return new VideoCoding("libvpx", false, options);
  }
}
