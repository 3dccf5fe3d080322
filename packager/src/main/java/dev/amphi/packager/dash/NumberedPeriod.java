package dev.amphi.packager.dash;

import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Segments of the leading rendition that lie on a grid: each begins as many lengths after the first
 * as its number is higher. All but the last are equally long.
 *
 * @param first the one that the grid begins with, whether or not it is still listed
 * @param oldest the first that is listed
 * @param last the last that is listed, or is being made
 * @param length of one segment
 * @param over whether nothing comes after the last
 */
record NumberedPeriod(Slot first, Slot oldest, Slot last, MediaTime length, boolean over) {

  /**
   * Cuts a program into such periods. What is missing lies in none. A segment that is being made is
   * there once every rendition has begun it, so that no period appears without its sound.
   */
  static List<NumberedPeriod> of(ProgramWindow program) {
    Rendition lead = program.lead();
    if (lead == null) {
      return List.of();
    }
    SegmentWindow window = lead.window();
    List<Slot> slots = Slot.all(window);
    if (window.open() != null && !begunByAll(program, slots.getLast().msn())) {
      slots.removeLast();
    }
    List<NumberedPeriod> periods = new ArrayList<>();
    boolean broken = true;
    for (Slot slot : slots) {
      if (slot.gap()) {
        broken = true;
        continue;
      }
      NumberedPeriod before = periods.isEmpty() ? null : periods.getLast();
      if (!broken && before != null && before.goesOnWith(slot)) {
        periods.set(periods.size() - 1, before.until(slot));
      } else {
        periods.add(before == null ? oldest(window, slot) : begin(slot, window));
      }
      broken = false;
    }
    int open = window.ended() || broken ? periods.size() : periods.size() - 1;
    for (int i = 0; i < open; i++) {
      periods.set(i, periods.get(i).closed());
    }
    return periods;
  }

  /** While the oldest segments leave, the period that they were in goes on beginning with them. */
  private static NumberedPeriod oldest(SegmentWindow window, Slot slot) {
    SegmentWindow.Beginning beginning = window.beginning();
    if (beginning != null && !window.ended() && !beginning.period().gap()) {
      NumberedPeriod whole = begin(Slot.of(beginning.period()), window);
      if (whole.holds(slot)) {
        return new NumberedPeriod(whole.first, slot, slot, whole.length, false);
      }
    }
    return begin(slot, window);
  }

  private static NumberedPeriod begin(Slot slot, SegmentWindow window) {
    MediaTime own = slot.duration();
    MediaTime length = own == null ? usual(window, slot.start().timescale()) : own;
    return new NumberedPeriod(slot, slot, slot, length, false);
  }

  /** As long as a segment was before; the longest that one may be when there was none. */
  private static MediaTime usual(SegmentWindow window, int timescale) {
    for (Segment segment : window.segments().reversed()) {
      if (!segment.gap() && segment.duration().timescale() == timescale) {
        return longest(window, segment.duration());
      }
    }
    return new MediaTime((long) window.plan().targetDurationS() * timescale, timescale);
  }

  /** The last one may have been cut short. */
  private static MediaTime longest(SegmentWindow window, MediaTime least) {
    MediaTime longest = least;
    for (Segment segment : window.segments().reversed().stream().limit(4).toList()) {
      if (!segment.gap() && segment.duration().compareTo(longest) > 0) {
        longest = segment.duration();
      }
    }
    return longest;
  }

  private static boolean begunByAll(ProgramWindow program, long msn) {
    return program.renditions().stream()
        .map(Rendition::window)
        .allMatch(window -> window.lastMsn() >= msn || begins(window, msn));
  }

  private static boolean begins(SegmentWindow window, long msn) {
    return window.open() != null && window.open().msn() >= msn;
  }

  private boolean goesOnWith(Slot slot) {
    return !slot.discontinuity() && length.equals(last.duration()) && holds(slot);
  }

  private boolean holds(Slot slot) {
    long grid = first.start().ticks() + (slot.msn() - first.msn()) * length.ticks();
    return slot.start().timescale() == length.timescale() && slot.start().ticks() == grid;
  }

  private NumberedPeriod until(Slot slot) {
    return new NumberedPeriod(first, oldest, slot, length, over);
  }

  private NumberedPeriod closed() {
    return new NumberedPeriod(first, oldest, last, length, true);
  }

  /** Wall clock of its beginning. */
  Instant begins() {
    return first.startsAt();
  }

  /** Wall clock of its end; null while it goes on. */
  @Nullable Instant ends() {
    MediaTime duration = last.duration();
    return over && duration != null ? duration.after(last.startsAt()) : null;
  }

  /** What another rendition has of it; null where it has nothing. */
  @Nullable Slot of(Rendition rendition) {
    for (Slot slot : Slot.all(rendition.window())) {
      if (!slot.gap() && slot.msn() >= oldest.msn() && (!over || slot.msn() <= last.msn())) {
        return slot;
      }
    }
    return null;
  }
}
