package dev.amphi.composer.ffmpeg;

import dev.amphi.composer.codec.VideoEncoding;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/** FFmpeg's own command line, which comes with the libraries. */
public final class FfmpegProgram {
  private FfmpegProgram() {}

  /**
   * Unpacks it, beside its libraries, and says where it is.
   *
   * @throws LinkageError when there is none for this platform
   */
  public static Path path() {
    return Path.of(Loader.load(org.bytedeco.ffmpeg.ffmpeg.class));
  }

  /** What the program's x264 is told beside size and rate, as the command line spells it. */
  public static Map<String, String> x264Options(VideoEncoding encoding) {
    return VideoCoding.programX264(encoding).options();
  }
}
