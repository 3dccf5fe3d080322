package dev.amphi.packager.origin;

import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;

/** Decides what becomes of a playlist request (RFC 8216bis §6.2.5.2). Pure. */
public final class BlockingReload {
  private BlockingReload() {}

  /** What to do now. */
  public sealed interface Decision {}

  /** Answer with the playlist as it is. */
  public record Answer() implements Decision {}

  /** Park the request until this is listed. */
  public record Await(Position position) implements Decision {}

  /** Answer 400 at once. */
  public record Refuse(String detail) implements Decision {}

  public static Decision decide(SegmentWindow window, PlaylistRequest request) {
    if (window.ended()) {
      return new Answer();
    }
    if (!request.blocking()) {
      // Players take a list without a segment for an error; the first is there within seconds.
      return window.segments().isEmpty() ? new Await(Position.whole(0)) : new Answer();
    }
    if (request.msn() > window.lastMsn() + 2) {
      return new Refuse(
          "_HLS_msn=%d is more than two after the last segment, %d."
              .formatted(request.msn(), window.lastMsn()));
    }
    Position wanted = wanted(window, request);
    if (tooFarAhead(window, request)) {
      return new Refuse(
          "_HLS_part=%d is more than %d parts ahead."
              .formatted(request.part(), window.plan().advancePartLimit()));
    }
    return Position.lastOf(window).compareTo(wanted) >= 0 ? new Answer() : new Await(wanted);
  }

  /** A part after a segment's last one is the first of the next segment. */
  private static Position wanted(SegmentWindow window, PlaylistRequest request) {
    if (request.part() == PlaylistRequest.NONE) {
      return Position.whole(request.msn());
    }
    Segment complete = window.segment(request.msn());
    return complete != null && request.part() >= complete.parts().size()
        ? new Position(request.msn() + 1, 0)
        : new Position(request.msn(), request.part());
  }

  private static boolean tooFarAhead(SegmentWindow window, PlaylistRequest request) {
    if (request.part() == PlaylistRequest.NONE || request.msn() <= window.lastMsn()) {
      return false;
    }
    OpenSegment open = window.open();
    int last = open != null && open.msn() == request.msn() ? window.openParts().size() - 1 : -1;
    return request.part() > last + window.plan().advancePartLimit();
  }
}
