package dev.amphi.packager.dash;

import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A listed segment, or the one that is being made; see {@link Segment} for the fields.
 *
 * @param duration null while it is being made
 */
record Slot(
    long msn,
    MediaTime start,
    Instant startsAt,
    int initIndex,
    boolean discontinuity,
    boolean gap,
    @Nullable MediaTime duration) {

  static Slot of(Segment segment) {
    return new Slot(
        segment.msn(),
        segment.start(),
        segment.startsAt(),
        segment.initIndex(),
        segment.discontinuity(),
        segment.gap(),
        segment.duration());
  }

  static Slot of(OpenSegment open) {
    return new Slot(
        open.msn(),
        open.start(),
        open.startsAt(),
        open.initIndex(),
        open.discontinuity(),
        false,
        null);
  }

  /** All of a rendition, the oldest first. */
  static List<Slot> all(SegmentWindow window) {
    List<Slot> slots = new ArrayList<>(window.segments().size() + 1);
    window.segments().forEach(segment -> slots.add(of(segment)));
    OpenSegment open = window.open();
    if (open != null) {
      slots.add(of(open));
    }
    return slots;
  }
}
