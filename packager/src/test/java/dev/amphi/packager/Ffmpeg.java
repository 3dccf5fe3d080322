package dev.amphi.packager;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** The programs of FFmpeg, as an independent encoder and judge. */
public final class Ffmpeg {
  private static final String FFMPEG = Loader.load(org.bytedeco.ffmpeg.ffmpeg.class);
  private static final String FFPROBE = Loader.load(org.bytedeco.ffmpeg.ffprobe.class);

  private Ffmpeg() {}

  /** Runs ffmpeg; any word of complaint fails the test. */
  public static void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(FFMPEG, "-y", "-v", "error", "-nostdin"));
    command.addAll(List.of(arguments));
    String said = output(command);
    if (!said.isBlank()) {
      throw new AssertionError("ffmpeg complained: " + said + " about " + command);
    }
  }

  /** Decodes all of a file or URL; any word of complaint fails the test. */
  public static void decode(String input) throws IOException {
    // Each picture keeps its own time: counted in the rate that a program began with, two of a
    // faster part would have the same.
    run(
        "-xerror",
        "-err_detect",
        "explode",
        "-i",
        input,
        "-fps_mode",
        "passthrough",
        "-enc_time_base",
        "-1",
        "-f",
        "null",
        "-");
  }

  /**
   * Decodes all of a Matroska file's Opus. FFmpeg 8.0 complains of the end of any such file, also
   * of its own, unless it leaves the packets as they are.
   */
  public static void decodeOpus(Path file) throws IOException {
    run("-fflags", "+noparse", "-xerror", "-i", file.toString(), "-f", "null", "-");
  }

  /** Decodes the first picture of a file that may be cut off after it. */
  public static void still(Path file, Path picture) throws IOException {
    output(
        List.of(
            FFMPEG,
            "-v",
            "error",
            "-nostdin",
            "-i",
            file.toString(),
            "-frames:v",
            "1",
            picture.toString()));
  }

  /** What ffprobe prints, one value a line. */
  public static List<String> probe(Path file, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(List.of(FFPROBE, "-v", "error", "-of", "default=nk=1:nw=1"));
    command.addAll(List.of(arguments));
    command.add(file.toString());
    return output(command).lines().toList();
  }

  private static String output(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new AssertionError("status " + status + ": " + said + " from " + command);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return said;
  }
}
