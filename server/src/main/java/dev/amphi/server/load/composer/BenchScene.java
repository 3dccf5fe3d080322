package dev.amphi.server.load.composer;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.layout.Rect;
import java.util.List;

/**
 * What all have to do alike: from these sources, in this layout, these renditions.
 *
 * @param layout this composer's word for it
 * @param places where each video source stands, for the others
 * @param renditions the best first, which has the canvas's size
 */
record BenchScene(
    ComposerPlan.Case of,
    List<BenchSource> sources,
    String layout,
    List<Rect> places,
    List<CompositionSpec.VideoRendition> renditions) {
  static final int AUDIO_BPS = 128_000;
  static final int FRAMES_PER_SECOND = 30;
  static final int FRAMES_PER_SEGMENT = 48;

  BenchScene {
    sources = List.copyOf(sources);
    places = List.copyOf(places);
    renditions = List.copyOf(renditions);
  }

  List<BenchSource> videos() {
    return sources.stream().filter(BenchSource::video).toList();
  }

  List<BenchSource> sounds() {
    return sources.stream().filter(source -> !source.video()).toList();
  }

  CompositionSpec.VideoRendition best() {
    return renditions.getFirst();
  }

  /** What this composer is to make of it. */
  CompositionSpec spec(String roomId) {
    return new CompositionSpec(
        roomId,
        "Bench",
        best().width(),
        best().height(),
        FRAMES_PER_SECOND,
        FRAMES_PER_SEGMENT,
        renditions,
        AUDIO_BPS);
  }
}
