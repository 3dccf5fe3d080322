package dev.amphi.packager.recording;

import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.captions.TimedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Puts captions, which are known by the wall clock, where they belong in the movie. Pure. */
final class MovieCaptions {
  private MovieCaptions() {}

  /**
   * The captions in the order of their beginnings; one that nothing of the movie shows is left out.
   */
  static List<TimedText> place(List<Cue> cues, MovieClock clock, long durationMs) {
    List<TimedText> placed = new ArrayList<>();
    for (Cue cue : cues) {
      long start = clock.millis(cue.from());
      long end = Math.min(durationMs, clock.millis(cue.until()));
      if (start < end) {
        placed.add(new TimedText(start, end, cue.text()));
      }
    }
    placed.sort(Comparator.comparingLong(TimedText::startMs));
    return List.copyOf(placed);
  }
}
