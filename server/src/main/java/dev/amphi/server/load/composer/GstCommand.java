package dev.amphi.server.load.composer;

import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.layout.Rect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** GStreamer's pipeline for a scene, as gst-launch takes it. */
final class GstCommand {
  private GstCommand() {}

  static List<String> of(BenchScene scene) {
    List<String> command = new ArrayList<>(List.of("gst-launch-1.0", "-q"));
    add(command, "compositor name=c background=black max-threads=1");
    List<BenchSource> videos = scene.videos();
    for (int i = 0; i < videos.size(); i++) {
      Rect at = scene.places().get(i);
      add(command, "sink_%d::xpos=%d sink_%d::ypos=%d".formatted(i, at.x(), i, at.y()));
    }
    VideoRendition best = scene.best();
    add(command, "! " + raw(best) + ",framerate=" + BenchScene.FRAMES_PER_SECOND + "/1");
    if (scene.renditions().size() > 1) {
      add(command, "! tee name=t");
    }
    for (VideoRendition rendition : scene.renditions()) {
      if (scene.renditions().size() > 1) {
        add(command, "t. ! queue");
        if (!rendition.equals(best)) {
          add(command, "! videoscale n-threads=1 ! " + raw(rendition));
        }
      }
      encode(command, rendition);
      add(command, rendition.equals(best) ? "! fdsink fd=1 sync=true" : "! fakesink sync=true");
    }
    for (int i = 0; i < videos.size(); i++) {
      picture(command, videos.get(i), scene.places().get(i), i);
    }
    sound(command, scene);
    return command;
  }

  private static void picture(List<String> command, BenchSource source, Rect at, int index) {
    file(command, source);
    add(command, "! ivfparse ! vp8dec threads=1");
    if (at.width() != source.width() || at.height() != source.height()) {
      add(command, "! videoscale n-threads=1");
      add(
          command,
          "! video/x-raw,format=I420,width=%d,height=%d".formatted(at.width(), at.height()));
    }
    add(command, "! queue ! c.sink_" + index);
  }

  private static void encode(List<String> command, VideoRendition rendition) {
    Map<String, String> options = FfmpegCommand.x264(rendition);
    int kbps = rendition.bitrateBps() / 1_000;
    add(command, "! x264enc byte-stream=true threads=1 bframes=0 vbv-buf-capacity=1000");
    add(command, "speed-preset=" + options.get("preset") + " tune=" + options.get("tune"));
    add(command, "bitrate=" + kbps + " key-int-max=" + BenchScene.FRAMES_PER_SEGMENT);
    command.add(
        "option-string=%s:vbv-maxrate=%d:vbv-bufsize=%d"
            .formatted(options.get("x264-params"), kbps * 5 / 4, kbps));
    add(command, "! video/x-h264,stream-format=byte-stream,profile=" + options.get("profile"));
  }

  private static void sound(List<String> command, BenchScene scene) {
    add(command, "audiomixer name=m ! audioconvert ! audio/x-raw,rate=48000,channels=2");
    add(command, "! audioconvert ! avenc_aac bitrate=" + BenchScene.AUDIO_BPS);
    add(command, "! fakesink sync=true");
    for (BenchSource source : scene.sounds()) {
      file(command, source);
      add(command, "! oggdemux ! opusdec ! audioconvert ! queue ! m.");
    }
  }

  private static void file(List<String> command, BenchSource source) {
    add(command, "filesrc");
    command.add("location=" + source.file());
  }

  private static String raw(VideoRendition size) {
    return "video/x-raw,format=I420,width=%d,height=%d".formatted(size.width(), size.height());
  }

  private static void add(List<String> command, String words) {
    command.addAll(List.of(words.split(" ", -1)));
  }
}
