package dev.amphi.packager.origin;

import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;

/**
 * A place in a rendition: a part of a segment, or the end of one.
 *
 * @param msn media sequence number
 * @param part index from 0, or {@link #WHOLE} for the complete segment
 */
public record Position(long msn, int part) implements Comparable<Position> {
  /** After the last part: the segment is complete. */
  public static final int WHOLE = Integer.MAX_VALUE;

  /** So many segments tell how long the next will be: one may have been cut short. */
  private static final int USUAL = 4;

  public static Position whole(long msn) {
    return new Position(msn, WHOLE);
  }

  /** The last thing that a window lists. */
  public static Position lastOf(SegmentWindow window) {
    OpenSegment open = window.open();
    return open != null && !window.openParts().isEmpty()
        ? new Position(open.msn(), window.openParts().size() - 1)
        : whole(window.lastMsn());
  }

  /** The part that comes next, as far as can be foretold (EXT-X-PRELOAD-HINT). */
  public static Position nextOf(SegmentWindow window) {
    OpenSegment open = window.open();
    if (open == null || window.openParts().isEmpty()) {
      return new Position(window.lastMsn() + 1, 0);
    }
    long ticks = window.openParts().stream().mapToLong(part -> part.duration().ticks()).sum();
    long whole = 0;
    for (Segment segment : window.segments().reversed().stream().limit(USUAL).toList()) {
      whole = segment.gap() ? whole : Math.max(whole, segment.duration().ticks());
    }
    boolean full = whole > 0 && ticks >= whole;
    return full
        ? new Position(open.msn() + 1, 0)
        : new Position(open.msn(), window.openParts().size());
  }

  @Override
  public int compareTo(Position other) {
    int byMsn = Long.compare(msn, other.msn);
    return byMsn != 0 ? byMsn : Integer.compare(part, other.part);
  }
}
