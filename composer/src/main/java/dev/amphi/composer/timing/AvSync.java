package dev.amphi.composer.timing;

import java.util.ArrayList;
import java.util.List;

/**
 * Keeps lips and voice together: all sources of one participant whose media times are capture times
 * are played with the same offset, the largest that any of them needs, but none is held back by
 * more than a bound for the sake of another. Others are played by their arrival alone.
 */
public final class AvSync {
  private final long mostExtraNanos;
  private final List<SourceClock> clocks = new ArrayList<>();

  public AvSync(long mostExtraNanos) {
    this.mostExtraNanos = mostExtraNanos;
  }

  public void add(SourceClock clock) {
    clocks.add(clock);
  }

  /** Forgets a source; returns whether others are left. */
  public boolean remove(SourceClock clock) {
    clocks.remove(clock);
    return !clocks.isEmpty();
  }

  /** What to add to a media time of this source to get the instant of play. */
  public long offsetNanos(SourceClock clock) {
    long own = clock.offsetNanos();
    if (!clock.byCapture()) {
      return own;
    }
    long offset = own;
    for (SourceClock other : clocks) {
      if (!other.idle() && other.byCapture()) {
        offset = Math.max(offset, other.offsetNanos());
      }
    }
    return Math.min(offset, own + mostExtraNanos);
  }
}
