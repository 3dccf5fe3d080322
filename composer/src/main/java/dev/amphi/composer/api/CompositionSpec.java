package dev.amphi.composer.api;

import java.util.List;

/**
 * What a composition is to make.
 *
 * @param title the class's title, shown on the slates
 * @param width canvas, pixels, even
 * @param height canvas, pixels, even
 * @param framesPerSecond 30
 * @param framesPerSegment an IDR starts each; 48 (1.6 s), so that 75 AAC frames are as long
 * @param renditions video renditions, the best first; all have IDRs at the same instants
 */
public record CompositionSpec(
    String roomId,
    String title,
    int width,
    int height,
    int framesPerSecond,
    int framesPerSegment,
    List<VideoRendition> renditions,
    int audioBitrateBps) {

  /** One coded size of the program's picture. */
  public record VideoRendition(String id, int width, int height, int bitrateBps) {}

  /** The id under which the program's only audio coding is told. */
  public static final String AUDIO = "audio";

  /** A canvas of the ladder's largest size at 30 pictures a second, and AAC at 128 kbit/s. */
  public static CompositionSpec of(String roomId, String title, Ladder ladder) {
    VideoRendition canvas = ladder.renditions().getFirst();
    return new CompositionSpec(
        roomId, title, canvas.width(), canvas.height(), 30, 48, ladder.renditions(), 128_000);
  }

  /** 1280×720 with a 640×360 rendition. */
  public static CompositionSpec standard(String roomId, String title) {
    return of(roomId, title, Ladder.STANDARD);
  }
}
