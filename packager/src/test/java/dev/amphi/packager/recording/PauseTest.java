package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures 0 to 95 at thirty a second, IDRs at 0 and 48; parts of 8 pictures. */
final class PauseTest {
  private static final double PART_S = 8 / 30.0;

  @Test
  void theMovieHasNeitherThePauseNorAHole(@TempDir Path root) throws Exception {
    RecordingFolder folder = pausedFrom20To30(root);
    List<String> lines = Files.readAllLines(folder.journal());
    assertThat(lines).anyMatch(l -> l.contains(" paused ")).anyMatch(l -> l.contains(" resumed "));
    // Two whole parts before it; after it from the next IDR on.
    assertThat(finished(folder).durationMs() / 1000.0)
        .isCloseTo(2 * PART_S + 48 / 30.0, within(0.03));
  }

  @Test
  void eitherEndOfItIsEnough(@TempDir Path root) throws Exception {
    RecordingFolder whole = pausedFrom20To30(root.resolve("whole"));
    for (String word : List.of("paused", "resumed")) {
      Path path = Files.createDirectory(root.resolve(word));
      RecordingFolder copy = new RecordingFolder(path);
      for (String track : List.of("video", "audio")) {
        Files.copy(whole.track(track), copy.track(track));
      }
      String journal = Files.readString(whole.journal(), StandardCharsets.UTF_8);
      Files.writeString(copy.journal(), journal.replaceFirst("[0-9a-f]( " + word + ")", "x$1"));
      assertThat(finished(copy).durationMs() / 1000.0)
          .as("without the line '%s'", word)
          .isBetween(1.5, 2 * PART_S + 48 / 30.0 + 0.03);
    }
  }

  @Test
  void whatEndsOrDiesInItEndsBeforeIt(@TempDir Path root) throws Exception {
    RecordingFolder folder =
        Recorded.in(
            root,
            "room",
            RecordingKeys.NONE,
            (picture, recorder, gate) -> {
              if (picture == 20) {
                gate.paused(true);
                recorder.note(new JournalEntry.Paused(at(20)));
              }
            });
    String journal = Files.readString(folder.journal());
    String killed = journal.substring(0, journal.indexOf('\n', journal.indexOf(" paused ")) + 1);
    RecordingFolder copy = new RecordingFolder(Files.createDirectory(root.resolve("killed")));
    Files.copy(folder.track("video"), copy.track("video"));
    Files.copy(folder.track("audio"), copy.track("audio"));
    Files.writeString(copy.journal(), killed);
    assertThat(finished(folder).durationMs() / 1000.0).isCloseTo(2 * PART_S, within(0.03));
    assertThat(finished(copy).durationMs() / 1000.0).isCloseTo(2 * PART_S, within(0.03));
  }

  private static RecordingFolder pausedFrom20To30(Path root) throws Exception {
    RecordingPauses[] pauses = new RecordingPauses[1];
    return Recorded.in(
        root,
        "room",
        RecordingKeys.NONE,
        (picture, recorder, gate) -> {
          if (picture == 20) {
            gate.paused(true);
            pauses[0] = new RecordingPauses(recorder, Recorded.AT);
            pauses[0].paused(true, at(20));
          } else if (picture == 30) {
            pauses[0].paused(false, at(30));
            gate.paused(false);
          }
        });
  }

  private static JournalEntry.Ready finished(RecordingFolder folder) throws Exception {
    JournalEntry.Outcome outcome = new Finalizer(folder, null, done -> {}).finish().outcome();
    assertThat(outcome).isInstanceOf(JournalEntry.Ready.class);
    return (JournalEntry.Ready) outcome;
  }

  private static Instant at(int picture) {
    return Recorded.AT.plusMillis(picture * 100L / 3);
  }
}
