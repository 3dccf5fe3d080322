package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.crypt.LinkHash;
import dev.amphi.packager.segment.MediaTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves behind at any moment becomes a movie up to the last journaled chunk. */
final class CrashTest {
  @Test
  void everyPrefixOfTheJournalBecomesAMovie(@TempDir Path root) throws Exception {
    RecordingFolder whole = Recorded.in(root.resolve("whole"), "room", RecordingKeys.NONE);
    byte[] journal = Files.readAllBytes(whole.journal());
    long seed = new Random().nextLong();
    int round = 0;
    for (int length : lengths(journal, new Random(seed))) {
      Path copy = Files.createDirectory(root.resolve("copy" + round++));
      for (String track : Set.of("video", "audio")) {
        Files.copy(whole.track(track), new RecordingFolder(copy).track(track));
      }
      Files.write(copy.resolve(RecordingFolder.JOURNAL), Arrays.copyOf(journal, length));
      check(new RecordingFolder(copy), seed, length);
    }
    assertThat(round).isGreaterThan(60);
  }

  @Test
  void filesThatEndWhereTheJournalDoesAreEnough(@TempDir Path root) throws Exception {
    RecordingFolder whole = Recorded.in(root.resolve("whole"), "room", RecordingKeys.NONE);
    String journal = Files.readString(whole.journal());
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> lines = journal.lines().toList();
    for (int kept = 1; kept <= lines.size(); kept++) {
      RecordingFolder copy =
          new RecordingFolder(Files.createDirectory(root.resolve("copy" + kept)));
      String prefix = String.join("\n", lines.subList(0, kept)) + "\n";
      Journal read = Journal.read(prefix.getBytes(StandardCharsets.UTF_8), LinkHash.sha256());
      for (String track : Set.of("video", "audio")) {
        byte[] all = Files.readAllBytes(whole.track(track));
        // What was forced, and some of what was not, of which the disk kept anything.
        byte[] left = Arrays.copyOf(all, Math.min(all.length, end(read, track) + 200));
        for (int i = end(read, track); i < left.length; i++) {
          left[i] = (byte) random.nextInt();
        }
        Files.write(copy.track(track), left);
      }
      Files.writeString(copy.journal(), prefix);
      check(copy, seed, kept);
      assertThat(copy.track("video")).as("no chunk was missed").doesNotExist();
    }
  }

  private static int end(Journal journal, String track) {
    return journal.entries().stream()
        .filter(JournalEntry.Chunk.class::isInstance)
        .map(JournalEntry.Chunk.class::cast)
        .filter(chunk -> chunk.track().equals(track))
        .mapToInt(chunk -> (int) chunk.offset() + chunk.length())
        .max()
        .orElse(0);
  }

  @Test
  void aChunkThatTheDiskLostIsAGapAndNotTheEnd(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    byte[] sound = Files.readAllBytes(folder.track("audio"));
    sound[sound.length / 2] ^= 1;
    Files.write(folder.track("audio"), sound);
    Finalizer.Finished finished = new Finalizer(folder, null, done -> {}).finish();
    JournalEntry.Outcome outcome = finished.outcome();
    assertThat(finished.remark()).startsWith("Some of it was damaged");
    assertThat(folder.track("audio")).as("what is left of it is kept").exists();
    assertThat(outcome).isInstanceOf(JournalEntry.Ready.class);
    if (outcome instanceof JournalEntry.Ready ready) {
      assertThat(ready.durationMs()).isCloseTo(3200, within(30L));
    }
  }

  private static void check(RecordingFolder folder, long seed, int length) throws IOException {
    Journal journal = Journal.read(Files.readAllBytes(folder.journal()), LinkHash.sha256());
    long chunks = journal.entries().stream().filter(JournalEntry.Chunk.class::isInstance).count();
    JournalEntry outcome = new Finalizer(folder, null, done -> {}).finish().outcome();
    if (chunks == 0) {
      assertThat(outcome).isInstanceOf(JournalEntry.Failed.class);
    } else {
      assertThat(outcome)
          .as("seed %d length %d", seed, length)
          .isInstanceOf(JournalEntry.Ready.class);
      assertThat(folder.movie()).isNotEmptyFile();
      if (outcome instanceof JournalEntry.Ready ready) {
        assertThat(ready.durationMs() / 1000.0)
            .as("seed %d length %d", seed, length)
            .isCloseTo(end(journal), within(0.03));
      }
    }
    // Again: nothing changes, and nothing but the movie and its journal is left.
    byte[] movie = chunks == 0 ? new byte[0] : Files.readAllBytes(folder.movie());
    assertThat(new Finalizer(folder, null, done -> {}).finish().outcome()).isEqualTo(outcome);
    if (chunks > 0) {
      assertThat(folder.movie()).hasBinaryContent(movie);
    }
    assertThat(folder.track("video")).doesNotExist();
    assertThat(folder.track("audio")).doesNotExist();
  }

  /** The latest end of a chunk, in seconds from the start. */
  private static double end(Journal journal) {
    double end = 0;
    for (JournalEntry entry : journal.entries()) {
      if (entry instanceof JournalEntry.Chunk chunk) {
        int timescale = chunk.track().equals("video") ? 90_000 : 48_000;
        end =
            Math.max(
                end, new MediaTime(chunk.timeTicks() + chunk.durationTicks(), timescale).seconds());
      }
    }
    return end;
  }

  /** Around every line's end, and a hundred anywhere. */
  private static Set<Integer> lengths(byte[] journal, Random random) {
    Set<Integer> lengths = new TreeSet<>();
    int firstEnd = 0;
    for (int i = 0; i < journal.length; i++) {
      if (journal[i] == '\n') {
        firstEnd = firstEnd == 0 ? i + 1 : firstEnd;
        lengths.add(i);
        lengths.add(i + 1);
      }
    }
    for (int i = 0; i < 100; i++) {
      lengths.add(random.nextInt(journal.length + 1));
    }
    int opened = firstEnd;
    lengths.removeIf(length -> length < opened);
    return lengths;
  }
}
