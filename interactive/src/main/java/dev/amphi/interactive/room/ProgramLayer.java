package dev.amphi.interactive.room;

import dev.amphi.interactive.api.TrackView.Source;

/**
 * Which spatial layer of a track the program takes: the smallest that is not smaller than its tile.
 * A larger one is taken at once, a smaller one when it has been enough for three seconds. Pure.
 */
final class ProgramLayer {
  static final long DOWN_NANOS = 3_000_000_000L;

  private static final int NONE = -1;

  private final boolean whole;
  private boolean told;
  private boolean seen;
  private long toldSinceNanos = Long.MAX_VALUE;
  private int width;
  private int height;
  private int held = NONE;
  private long enoughSinceNanos = Long.MAX_VALUE;

  /**
   * As long as nobody says at which size the program shows the track, its largest is taken; so it
   * is for three seconds of one that has no tile yet, because it gets none before it has a picture.
   */
  ProgramLayer(Source source) {
    whole = source == Source.SCREEN;
  }

  /**
   * Says at which size the program shows the track.
   *
   * @param width in pixels; 0 where it is out of sight
   * @param height in pixels
   */
  void shown(int width, int height) {
    told = true;
    seen |= width > 0;
    this.width = width;
    this.height = height;
  }

  /** The program shows nothing of its owner; whatever comes next is taken at once. */
  int none() {
    held = NONE;
    return 0;
  }

  /** Chooses from what there is now. */
  int choose(Encodings from, long nowNanos) {
    int last = from.spatials() - 1;
    int enough = known(nowNanos) ? Math.min(last, from.covering(width, height, whole)) : last;
    if (!from.sized(enough)) { // what is believed of layers that never came does not count
      held = NONE;
      return enough;
    }
    boolean down = held != NONE && enough < Math.min(held, last);
    if (!down) {
      enoughSinceNanos = Long.MAX_VALUE;
      held = enough;
    } else if (enoughSinceNanos == Long.MAX_VALUE) {
      enoughSinceNanos = nowNanos;
    } else if (nowNanos - enoughSinceNanos >= DOWN_NANOS) {
      enoughSinceNanos = Long.MAX_VALUE;
      held = enough;
    }
    return Math.min(held, last);
  }

  private boolean known(long nowNanos) {
    if (told && toldSinceNanos == Long.MAX_VALUE) {
      toldSinceNanos = nowNanos;
    }
    return told && (seen || nowNanos - toldSinceNanos >= DOWN_NANOS);
  }
}
