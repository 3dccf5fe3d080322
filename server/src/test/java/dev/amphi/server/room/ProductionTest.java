package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.SlidesUp;
import dev.amphi.server.slides.Chapters;
import dev.amphi.server.slides.ProgramSurfaces;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProductionTest {
  private final Fakes fakes = new Fakes();
  private final FakeLease lease = new FakeLease();
  private final Production production =
      new Production(
          fakes.parts(), new RoomSpec("maths", "Maths", RoomSpec.OPEN), lease, Runnable::run);

  private static Optional<ProgramSurfaces.Up> page(int number) {
    return Optional.of(
        new ProgramSurfaces.Up(new SlidesUp("d", number, 9, "a.pdf", "", 1, 1), new byte[4]));
  }

  private void settle() {
    fakes.now = fakes.now.plus(Chapters.SETTLED);
    production.recording().poll();
  }

  @Test
  void thePageThatIsUpIsAChapterOfEachEpochsRecording() {
    production.recording().want(true);
    production.goOnAir();
    production.slides(page(1));
    settle();
    production.slides(page(2));
    settle();
    lease.epoch = 8;
    production.regained();
    settle();
    production.slides(page(3));
    fakes.now = fakes.now.plusSeconds(1);
    lease.epoch = 9;
    production.regained(); // before the page has settled
    settle();

    assertThat(fakes.said)
        .filteredOn(line -> line.startsWith("chapter") || line.startsWith("broadcast"))
        .containsExactly(
            "broadcast opens epoch=7",
            "chapter Slide 1 at 2026-11-21T10:00:00Z",
            "chapter Slide 2 at 2026-11-21T10:00:03Z",
            "broadcast opens epoch=8",
            "chapter Slide 2 at 2026-11-21T10:00:06Z",
            "broadcast opens epoch=9",
            "chapter Slide 3 at 2026-11-21T10:00:10Z");
  }

  @Test
  void whatIsPausedStaysSoInTheNextEpoch() {
    production.recording().want(true, false);
    production.goOnAir();
    production.recording().want(true, true);
    lease.epoch = 8;
    production.regained();
    assertThat(fakes.said("recording")).containsExactly("recording true", "recording paused true");
    production.recording().want(true, false);
    assertThat(fakes.said("recording").getLast()).isEqualTo("recording true");
  }

  @Test
  void theAudienceHearsOfNoPageBehindTheCurtain() {
    production.recording().want(true);
    production.goOnAir();
    production.slides(page(1));
    production.curtain(production.curtain().withBreak(fakes.now.plusSeconds(300)));
    production.slides(page(2));
    settle();
    production.slides(page(3));
    settle();
    assertThat(told())
        .containsExactly("tells dev.amphi.slide \"Slide 1\"", "tells dev.amphi.slide \"\"");
    assertThat(fakes.said).anyMatch(line -> line.startsWith("chapter Slide 3 at"));
    production.curtain(production.curtain().withBreak(null));
    assertThat(told().subList(2, told().size()))
        .containsExactly(
            "tells dev.amphi.slide \"Slide 3\"", "tells dev.amphi.chapter \"Slide 3\"");
  }

  @Test
  void theAudienceHearsWhatTheClassIsAskedAlsoInABreak() {
    production.asked("Is it so?");
    production.goOnAir();
    production.curtain(production.curtain().withBreak(fakes.now.plusSeconds(300)));
    production.asked("And now?");
    production.asked("");
    assertThat(told())
        .containsExactly(
            "tells dev.amphi.poll \"Is it so?\"",
            "tells dev.amphi.poll \"And now?\"",
            "tells dev.amphi.poll \"\"");
  }

  @Test
  void aPageWithoutATitleIsCalledInTheProgramsLanguage() {
    fakes.clock = new ClassClock(() -> fakes.now, () -> 5, ZoneId.of("UTC"), Locale.GERMAN);
    Production german =
        new Production(
            fakes.parts(),
            new RoomSpec("maths", "Mathe", RoomSpec.OPEN),
            new FakeLease(),
            Runnable::run);
    german.recording().want(true);
    german.goOnAir();
    german.slides(page(3));
    fakes.now = fakes.now.plus(Chapters.SETTLED);
    german.recording().poll();
    assertThat(told())
        .containsExactly(
            "tells dev.amphi.slide \"Folie 3\"", "tells dev.amphi.chapter \"Folie 3\"");
    assertThat(fakes.said).contains("chapter Folie 3 at 2026-11-21T10:00:00Z");
  }

  private List<String> told() {
    return fakes.said.stream().filter(line -> line.startsWith("tells")).toList();
  }
}
