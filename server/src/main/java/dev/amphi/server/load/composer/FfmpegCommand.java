package dev.amphi.server.load.composer;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.ffmpeg.FfmpegProgram;
import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** FFmpeg's command line for a scene: xstack where all are as large as they come, else overlay. */
final class FfmpegCommand {
  private FfmpegCommand() {}

  static List<String> of(String program, BenchScene scene) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(program, "-hide_banner", "-loglevel", "error", "-nostdin", "-y"));
    for (BenchSource source : sources(scene)) {
      command.addAll(List.of("-threads", "1", "-re", "-i", source.file().toString()));
    }
    command.addAll(List.of("-filter_complex_threads", "1", "-filter_complex"));
    command.add(pictures(scene) + split(scene) + ";" + sound(scene));
    List<VideoRendition> renditions = scene.renditions();
    for (int i = 0; i < renditions.size(); i++) {
      command.addAll(List.of("-map", "[r" + i + "]"));
      command.addAll(video(renditions.get(i)));
      command.addAll(List.of("-f", "h264", i == 0 ? "pipe:1" : "/dev/null"));
    }
    command.addAll(List.of("-map", "[a]", "-c:a", "aac", "-b:a", "" + BenchScene.AUDIO_BPS));
    command.addAll(List.of("-f", "adts", "/dev/null"));
    return command;
  }

  private static List<BenchSource> sources(BenchScene scene) {
    List<BenchSource> sources = new ArrayList<>(scene.videos());
    sources.addAll(scene.sounds());
    return sources;
  }

  private static String pictures(BenchScene scene) {
    List<Rect> places = scene.places();
    String inputs =
        IntStream.range(0, places.size())
            .mapToObj("[%d:v]"::formatted)
            .collect(Collectors.joining());
    if (scene.of() != ComposerPlan.Case.SHARE) {
      String layout =
          places.stream().map(at -> at.x() + "_" + at.y()).collect(Collectors.joining("|"));
      return inputs + "xstack=inputs=" + places.size() + ":layout=" + layout + "[v]";
    }
    Rect whole = places.get(0);
    Rect small = places.get(1);
    return "[0:v]scale=%d:%d,fps=%d[s];[1:v]scale=%d:%d[c];[s][c]overlay=%d:%d[v]"
        .formatted(
            whole.width(),
            whole.height(),
            BenchScene.FRAMES_PER_SECOND,
            small.width(),
            small.height(),
            small.x(),
            small.y());
  }

  private static String split(BenchScene scene) {
    List<VideoRendition> renditions = scene.renditions();
    StringBuilder text = new StringBuilder(";[v]split=" + renditions.size());
    IntStream.range(0, renditions.size()).forEach(i -> text.append("[s%d]".formatted(i)));
    for (int i = 0; i < renditions.size(); i++) {
      VideoRendition one = renditions.get(i);
      text.append(";[s%d]".formatted(i));
      text.append(
          i == 0 ? "null" : "scale=%d:%d:flags=bilinear".formatted(one.width(), one.height()));
      text.append("[r%d]".formatted(i));
    }
    return text.toString();
  }

  private static String sound(BenchScene scene) {
    int first = scene.videos().size();
    int count = scene.sounds().size();
    String inputs =
        IntStream.range(first, first + count)
            .mapToObj("[%d:a]"::formatted)
            .collect(Collectors.joining());
    return inputs + (count == 1 ? "anull" : "amix=inputs=" + count + ":normalize=0") + "[a]";
  }

  private static List<String> video(VideoRendition rendition) {
    List<String> options = new ArrayList<>(List.of("-c:v", "libx264", "-pix_fmt", "yuv420p"));
    options.addAll(List.of("-b:v", "" + rendition.bitrateBps()));
    options.addAll(List.of("-maxrate", "" + rendition.bitrateBps() * 5L / 4));
    options.addAll(List.of("-bufsize", "" + rendition.bitrateBps()));
    options.addAll(List.of("-g", "" + BenchScene.FRAMES_PER_SEGMENT, "-bf", "0", "-threads", "1"));
    for (Map.Entry<String, String> option : x264(rendition).entrySet()) {
      options.addAll(List.of("-" + option.getKey(), option.getValue()));
    }
    return options;
  }

  static Map<String, String> x264(VideoRendition rendition) {
    return FfmpegProgram.x264Options(
        new VideoEncoding(
            rendition.width(),
            rendition.height(),
            BenchScene.FRAMES_PER_SECOND,
            BenchScene.FRAMES_PER_SEGMENT,
            rendition.bitrateBps()));
  }
}
