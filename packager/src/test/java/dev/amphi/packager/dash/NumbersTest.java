package dev.amphi.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a program does: by number and clock a player finds each segment where it is. */
final class NumbersTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
  private static final int LENGTH = 144_000;

  /** What comes next is as things were. */
  private long msn;

  private long ticks;
  private Instant zero = START;
  private int init;
  private boolean discontinuity;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  @DisplayName("each listed segment is in one period, at the time that its number says (seed {0})")
  void eachSegmentIsWhereItsNumberSays(long seed) {
    Random random = new Random(seed);
    SegmentWindow window = SegmentWindow.empty("720p", SegmentPlan.standard());
    for (int step = 0; step < 200; step++) {
      window = next(window, random);
      check(program(window));
      if (window.segments().size() > 40) {
        window = window.withoutOldest();
        check(program(window));
      }
    }
    check(program(window.end()));
  }

  private SegmentWindow next(SegmentWindow window, Random random) {
    int what = random.nextInt(12);
    if (what == 0) { // Away for a while, told as missing.
      long away = 90_000L + random.nextInt(90_000);
      SegmentWindow longer = window.completed(segment(away, true));
      ticks += away;
      return longer;
    }
    if (what == 1) { // The composer's process began anew.
      zero = new MediaTime(ticks, 90_000).after(zero);
      ticks = 0;
      init++;
      discontinuity = msn > 0;
    }
    long length = what == 2 ? 3_000L * (1 + random.nextInt(47)) : LENGTH;
    SegmentWindow begun = window.started(open());
    check(program(begun));
    SegmentWindow longer = begun.completed(segment(length, false));
    ticks += length;
    return longer;
  }

  private OpenSegment open() {
    MediaTime start = new MediaTime(ticks, 90_000);
    return new OpenSegment(msn, start, start.after(zero), init, discontinuity);
  }

  private Segment segment(long length, boolean gap) {
    MediaTime start = new MediaTime(ticks, 90_000);
    Segment segment =
        new Segment(
            msn++,
            start,
            start.after(zero),
            new MediaTime(length, 90_000),
            init,
            !gap && discontinuity,
            gap,
            List.of(),
            0,
            48,
            1);
    discontinuity &= gap;
    return segment;
  }

  private static ProgramWindow program(SegmentWindow window) {
    return new ProgramWindow(
        "1-abc", List.of(new Rendition("720p", Synthetic.PICTURE, window, 3_000_000)));
  }

  private static void check(ProgramWindow program) {
    List<NumberedPeriod> periods = NumberedPeriod.of(program);
    SegmentWindow window = program.renditions().getFirst().window();
    for (Slot slot : Slot.all(window)) {
      List<NumberedPeriod> holders =
          periods.stream()
              .filter(p -> slot.msn() >= p.oldest().msn() && slot.msn() <= p.last().msn())
              .toList();
      if (slot.gap()) {
        assertThat(holders).isEmpty();
        continue;
      }
      assertThat(holders).as("periods of segment %d", slot.msn()).hasSize(1);
      NumberedPeriod period = holders.getFirst();
      long after = (slot.msn() - period.first().msn()) * period.length().ticks();
      assertThat(period.first().start().ticks() + after).isEqualTo(slot.start().ticks());
      Duration off =
          Duration.between(new MediaTime(after, 90_000).after(period.begins()), slot.startsAt());
      assertThat(off.abs()).isLessThan(Duration.ofMillis(1));
    }
    for (int i = 1; i < periods.size(); i++) {
      Instant end = periods.get(i - 1).ends();
      assertThat(end).isNotNull().isBeforeOrEqualTo(periods.get(i).begins().plusNanos(1_000_000));
    }
    assertThat(periods.stream().filter(p -> !p.over()).count()).isLessThanOrEqualTo(1);
  }
}
