package dev.amphi.composer.ffmpeg;

import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.global.avutil;

/** FFmpeg's return codes. */
final class AvErrors {
  /** More input is needed, or output must be fetched first. */
  static final int AGAIN = org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN();

  private AvErrors() {}

  /** Returns the code, or throws when it tells of a failure that input cannot cause. */
  static int check(int code, String doing) {
    if (code < 0) {
      throw new IllegalStateException("FFmpeg failed at " + doing + ": " + text(code));
    }
    return code;
  }

  static String text(int code) {
    byte[] text = new byte[128];
    avutil.av_strerror(code, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8) + " (" + code + ")";
  }
}
