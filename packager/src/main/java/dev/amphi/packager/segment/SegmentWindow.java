package dev.amphi.packager.segment;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is listed of one rendition at one instant; a value, every change makes a new one.
 *
 * @param segments the complete ones, the oldest first
 * @param open the segment that is being made, or null between two
 * @param openParts the parts of {@code open} that are whole
 * @param discontinuitySequence discontinuities that left the window (EXT-X-DISCONTINUITY-SEQUENCE)
 * @param ended nothing comes after this
 * @param beginning null before the first segment
 */
public record SegmentWindow(
    String renditionId,
    SegmentPlan plan,
    List<Segment> segments,
    @Nullable OpenSegment open,
    List<Part.Listing> openParts,
    long discontinuitySequence,
    boolean ended,
    @Nullable Beginning beginning) {

  /**
   * What stays where it is while the oldest segments leave.
   *
   * @param first the first segment that there ever was
   * @param period the first segment of the period that is listed first; a missing one before it
   * @param periodsGone periods of which nothing is listed any more
   */
  public record Beginning(Segment first, Segment period, long periodsGone) {
    Beginning after(Segment oldest, Segment next) {
      boolean over = !oldest.gap() && (next.gap() || next.discontinuity());
      boolean begins = over || (oldest.gap() && !next.gap());
      return begins ? new Beginning(first, next, periodsGone + (over ? 1 : 0)) : this;
    }
  }

  /** The window of a rendition that has no media yet. */
  public static SegmentWindow empty(String renditionId, SegmentPlan plan) {
    return new SegmentWindow(renditionId, plan, List.of(), null, List.of(), 0, false, null);
  }

  public SegmentWindow started(OpenSegment segment) {
    return new SegmentWindow(
        renditionId, plan, segments, segment, List.of(), discontinuitySequence, ended, beginning);
  }

  public SegmentWindow with(Part.Listing part) {
    return new SegmentWindow(
        renditionId,
        plan,
        segments,
        open,
        plus(openParts, part),
        discontinuitySequence,
        ended,
        beginning);
  }

  /** The open segment became this one. */
  public SegmentWindow completed(Segment segment) {
    return new SegmentWindow(
        renditionId,
        plan,
        plus(segments, segment),
        null,
        List.of(),
        discontinuitySequence,
        ended,
        beginning == null ? new Beginning(segment, segment, 0) : beginning);
  }

  /** The same without the oldest segment, for want of room. */
  public SegmentWindow withoutOldest() {
    Segment oldest = segments.getFirst();
    // The tag belongs to the segment: it is counted once its segment is gone (§6.2.2).
    long gone = discontinuitySequence + (oldest.discontinuity() ? 1 : 0);
    List<Segment> rest = List.copyOf(segments.subList(1, segments.size()));
    Beginning stays =
        beginning == null || rest.isEmpty() ? beginning : beginning.after(oldest, rest.getFirst());
    return new SegmentWindow(renditionId, plan, rest, open, openParts, gone, ended, stays);
  }

  /** The same, with so many discontinuities before its first segment. */
  public SegmentWindow after(long discontinuities) {
    return new SegmentWindow(
        renditionId, plan, segments, open, openParts, discontinuities, ended, beginning);
  }

  /** The discontinuity sequence number of the last segment. */
  public long discontinuities() {
    long listed = segments.stream().filter(Segment::discontinuity).count();
    boolean opened = open != null && open.discontinuity();
    return discontinuitySequence + listed + (opened ? 1 : 0);
  }

  public SegmentWindow end() {
    return new SegmentWindow(
        renditionId, plan, segments, null, List.of(), discontinuitySequence, true, beginning);
  }

  /** Media sequence number of the last complete segment, -1 before the first. */
  public long lastMsn() {
    return segments.isEmpty() ? -1 : segments.getLast().msn();
  }

  /** Media sequence number of the first listed segment. */
  public long firstMsn() {
    if (!segments.isEmpty()) {
      return segments.getFirst().msn();
    }
    return open == null ? 0 : open.msn();
  }

  /** The complete segment with this number, if it is listed. */
  public @Nullable Segment segment(long msn) {
    long index = msn - firstMsn();
    return index >= 0 && index < segments.size() ? segments.get((int) index) : null;
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> longer = new ArrayList<>(list.size() + 1);
    longer.addAll(list);
    longer.add(more);
    return List.copyOf(longer);
  }
}
