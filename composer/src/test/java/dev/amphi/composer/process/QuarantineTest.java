package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Handling.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuarantineTest {
  private static final long SECOND = 1_000_000_000L;

  private final Quarantine quarantine = new Quarantine();

  private static SourceSpec source(String id, String participant) {
    return new SourceSpec(
        id, participant, "A", "student", SourceSpec.Kind.CAMERA, SourceSpec.Codec.VP8);
  }

  private static NotePage.Note note(String id) {
    return new NotePage.Note(id, 1, 0);
  }

  @BeforeEach
  void sources() {
    assertThat(quarantine.arrived(source("cam", "eve"))).isFalse();
    assertThat(quarantine.arrived(source("good", "ada"))).isFalse();
  }

  @Test
  void blamesNobodyForACrashOutsideOfDecodingAndDrawing() {
    for (int i = 0; i < 10; i++) {
      assertThat(quarantine.died(Map.of(), i)).isEmpty();
    }
    assertThat(quarantine.passes("cam", 0)).isTrue();
  }

  @Test
  void blamesWhoWasDecodedAndNotWhoWasDrawnMeanwhile() {
    Map<Work, NotePage.Note> notes = Map.of(Work.PICTURE, note("cam"), Work.DRAWING, note("good"));
    assertThat(quarantine.died(notes, 0)).isEmpty();
    assertThat(quarantine.died(notes, SECOND)).isEmpty();
    assertThat(quarantine.died(notes, 2 * SECOND)).containsExactly("cam");
    assertThat(quarantine.holds("cam")).isTrue();
    assertThat(quarantine.passes("cam", 99 * SECOND)).isFalse();
    assertThat(quarantine.passes("good", 3 * SECOND)).isTrue();
  }

  @Test
  void blamesWhoWasDrawnWhenNobodyWasDecoded() {
    for (int i = 0; i < 2; i++) {
      assertThat(quarantine.died(Map.of(Work.DRAWING, note("cam")), i)).isEmpty();
    }
    assertThat(quarantine.died(Map.of(Work.DRAWING, note("cam")), 3)).containsExactly("cam");
  }

  @Test
  void believesNoNoteAboutSomebodyWhoIsNotThere() {
    for (int i = 0; i < 9; i++) {
      assertThat(quarantine.died(Map.of(Work.PICTURE, note("nobody")), i)).isEmpty();
    }
  }

  @Test
  void theNoteIsReadByWhoeverSharesThePageAndBelievedToNoLength() throws IOException {
    NotePage page = NotePage.create();
    NotePage other = NotePage.map(page.file());
    page.unlink();
    assertThat(Files.exists(page.file())).isFalse();
    assertThat(other.notes()).isEmpty();
    page.begins(Work.PICTURE, "käm");
    page.begins(Work.SOUND, "x".repeat(5_000));
    assertThat(other.notes().get(Work.PICTURE)).extracting("sourceId").isEqualTo("käm");
    assertThat(other.notes().get(Work.SOUND)).extracting("sourceId").asString().hasSize(1_004);
    page.ends(Work.PICTURE);
    page.ends(Work.SOUND);
    assertThat(other.notes()).isEmpty();
  }
}
