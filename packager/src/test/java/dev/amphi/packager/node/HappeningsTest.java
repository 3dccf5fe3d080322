package dev.amphi.packager.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.origin.Happening;
import dev.amphi.packager.origin.PendingRequests;
import dev.amphi.packager.segment.ProgramSegmenter;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.store.MemorySegmentStore;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class HappeningsTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");
  private static final String SLIDE = "dev.amphi.slide";
  private static final String CAPTIONS = "dev.amphi.captions";

  private final Happenings happenings = new Happenings();

  @Test
  void whatIsLeafedThroughBeforeItIsListedIsTheLastOfItsType() {
    happenings.add(CAPTIONS, START, "");
    happenings.add(SLIDE, START, "one");
    happenings.add(SLIDE, START.plusMillis(400), "two");
    happenings.add(SLIDE, START.plusMillis(1300), "three");
    happenings.add(SLIDE, START.plusMillis(2300), "four");
    List<Happening> listed = happenings.next(List.of(), START);
    assertThat(listed).extracting(Happening::title).containsExactly("", "three", "four");
    happenings.add(SLIDE, START.plusMillis(2400), "five");
    assertThat(happenings.next(listed, START))
        .as("what is listed never changes")
        .startsWith(listed.toArray(Happening[]::new))
        .extracting(Happening::id)
        .doesNotHaveDuplicates()
        .hasSize(4);
  }

  @Test
  void whatWasOverBeforeTheFirstSegmentIsListedNoMore() {
    happenings.add(CAPTIONS, START, "");
    for (int i = 0; i < 5; i++) {
      happenings.add(SLIDE, START.plusSeconds(10L * i), "slide " + i);
    }
    List<Happening> listed = happenings.next(List.of(), START);
    assertThat(listed).hasSize(6);
    assertThat(happenings.next(listed, START.plusSeconds(29)))
        .extracting(Happening::title)
        .containsExactly("", "slide 2", "slide 3", "slide 4");
    assertThat(happenings.next(listed, START.plusSeconds(30)))
        .extracting(Happening::title)
        .containsExactly("", "slide 3", "slide 4");
  }

  @Test
  void whereThereIsNoRoomTheNewestStayAndWhatGoesOn() {
    happenings.add(CAPTIONS, START, "");
    List<Happening> listed = List.of();
    int last = 3 * Happenings.MOST;
    for (int i = 0; i <= last; i++) {
      happenings.add(SLIDE, START.plusSeconds(2L * i), "slide " + i);
      listed = happenings.next(listed, START);
    }
    assertThat(listed).hasSize(Happenings.MOST);
    assertThat(listed.getFirst().type()).isEqualTo(CAPTIONS);
    assertThat(listed.getLast().title()).isEqualTo("slide " + last);
  }

  @Test
  void aProgramListsWithTheNextPart() {
    LiveProgram program =
        new LiveProgram(
            "maths",
            "1-a",
            SegmentPlan.standard(),
            new MemorySegmentStore(),
            new PendingRequests<>(1, 1),
            Long.MAX_VALUE);
    ProgramSegmenter segmenter = new ProgramSegmenter(program.plan(), program);
    segmenter.format("video", Synthetic.PICTURE, START);
    program.happens(SLIDE, START, "one");
    program.happens(SLIDE, START.plusMillis(100), "two");
    assertThat(program.window().happenings()).isEmpty();
    for (Sample picture :
        List.of(0, 1, 2, 3, 4, 5, 6, 7).stream().map(Synthetic::picture).toList()) {
      segmenter.sample("video", picture);
    }
    assertThat(program.window().happenings()).extracting(Happening::title).containsExactly("two");
  }
}
