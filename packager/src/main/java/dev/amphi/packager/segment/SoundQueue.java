package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.Sample;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sound that waits for the picture, and the cuts that it has not come to: only once the picture has
 * reached a frame it is known whether a cut lies before it. Confined to one caller.
 */
final class SoundQueue {
  /** Sound that waits longer than this goes on without the picture. */
  private static final int LONGEST_WAIT_S = 3;

  private final RenditionSegmenter segmenter;
  private final ArrayDeque<Sample> waiting = new ArrayDeque<>();
  private final List<MediaTime> cuts = new ArrayList<>();
  private boolean started;

  SoundQueue(RenditionSegmenter segmenter) {
    this.segmenter = segmenter;
  }

  void add(Sample sample) {
    waiting.add(sample);
  }

  /** The picture was cut here. */
  void cut(MediaTime at) {
    cuts.add(at);
  }

  /** What comes from now on waits for a cut of its own. */
  void reset() {
    started = false;
    cuts.clear();
  }

  /** Whether the next frame goes on without a picture. */
  boolean waitedTooLong() {
    if (waiting.isEmpty()) {
      return false;
    }
    long waits = waiting.getLast().endTicks() - waiting.getFirst().timeTicks();
    return waits > (long) LONGEST_WAIT_S * segmenter.timescale();
  }

  /** When the first frame that waits begins; null when none does. */
  @Nullable MediaTime first() {
    return waiting.isEmpty()
        ? null
        : new MediaTime(waiting.getFirst().timeTicks(), segmenter.timescale());
  }

  /**
   * Hands over what the picture has reached.
   *
   * @param pictureEnd where the picture ends, null before its first
   * @param all hands over the rest too
   */
  void drain(@Nullable MediaTime pictureEnd, boolean all) {
    while (!waiting.isEmpty()) {
      Sample next = waiting.getFirst();
      MediaTime at = new MediaTime(next.timeTicks(), segmenter.timescale());
      boolean reached = pictureEnd != null && pictureEnd.compareTo(at) > 0;
      if (!reached && !all && !waitedTooLong()) {
        return;
      }
      waiting.removeFirst();
      boolean cut = false;
      while (!cuts.isEmpty() && cuts.getFirst().compareTo(at) <= 0) {
        cuts.removeFirst();
        cut = true;
      }
      if (reached && !cut && !started) {
        continue; // Before the first picture.
      }
      if (!reached && all && !started) {
        continue; // The picture never came, and the program is over.
      }
      started = true;
      segmenter.append(next, cut);
    }
  }
}
