package dev.amphi.packager.captions;

import dev.amphi.packager.segment.Segment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The captions of a class. A segment that is listed never changes: a cue that comes later stands in
 * the next one, and one whose time is over by then is shown from that one's beginning on.
 * Thread-safe.
 */
public final class CaptionTrack {
  private static final int MOST = 50_000;

  /**
   * A cue in the track.
   *
   * @param number which of all it is, so that it is known again in the next segment
   */
  record Placed(Cue cue, long firstMsn, int number) {}

  private final List<Placed> cues = new ArrayList<>();

  /**
   * Takes a cue.
   *
   * @param last the last segment that is listed, null before the first
   * @return false when there are too many already
   */
  public synchronized boolean add(Cue cue, @Nullable Segment last) {
    if (cues.size() >= MOST) {
      return false;
    }
    long firstMsn = last == null ? 0 : last.msn() + 1;
    Instant begin = last == null ? cue.from() : last.duration().after(last.startsAt());
    cues.add(new Placed(cue.until().isAfter(begin) ? cue : cue.at(begin), firstMsn, cues.size()));
    return true;
  }

  /** The captions of a segment as WebVTT; the same whenever it is asked for. */
  public String of(Segment segment) {
    Instant from = segment.startsAt();
    Instant until = segment.duration().after(from);
    List<Placed> shown = new ArrayList<>();
    synchronized (this) {
      for (Placed placed : cues) {
        Cue cue = placed.cue();
        boolean overlaps = cue.from().isBefore(until) && cue.until().isAfter(from);
        if (overlaps && placed.firstMsn() <= segment.msn()) {
          shown.add(placed);
        }
      }
    }
    return WebVtt.write(segment, shown);
  }
}
