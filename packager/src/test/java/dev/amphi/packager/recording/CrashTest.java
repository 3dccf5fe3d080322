package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.crypt.LinkHash;
import dev.amphi.packager.mp4.Sample;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.ProgramSegmenter;
import dev.amphi.packager.segment.SegmentPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kill leaves behind at any moment becomes a movie up to the last journaled chunk. */
final class CrashTest {
  private static final Instant AT = Instant.parse("2026-11-02T09:00:00Z");

  @Test
  void everyPrefixOfTheJournalBecomesAMovie(@TempDir Path root) throws Exception {
    RecordingFolder whole = record(root.resolve("whole"));
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
  void aChunkThatTheDiskLostIsAGapAndNotTheEnd(@TempDir Path root) throws Exception {
    RecordingFolder folder = record(root);
    byte[] sound = Files.readAllBytes(folder.track("audio"));
    sound[sound.length / 2] ^= 1;
    Files.write(folder.track("audio"), sound);
    JournalEntry outcome = new Finalizer(folder, done -> {}).finish().outcome();
    assertThat(outcome).isInstanceOf(JournalEntry.Ready.class);
    if (outcome instanceof JournalEntry.Ready ready) {
      assertThat(ready.durationMs()).isCloseTo(3200, within(30L));
    }
  }

  private static void check(RecordingFolder folder, long seed, int length) throws IOException {
    Journal journal = Journal.read(Files.readAllBytes(folder.journal()), LinkHash.sha256());
    long chunks = journal.entries().stream().filter(JournalEntry.Chunk.class::isInstance).count();
    JournalEntry outcome = new Finalizer(folder, done -> {}).finish().outcome();
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
    assertThat(new Finalizer(folder, done -> {}).finish().outcome()).isEqualTo(outcome);
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

  private static RecordingFolder record(Path root) throws Exception {
    CompletableFuture<RecordingFolder> done = new CompletableFuture<>();
    Recorder recorder =
        new Recorder(
            "test",
            () -> RecordingFolder.claim(root, "room", 1, AT),
            folder -> new JournalEntry.Opened(folder.id(), "room", 1, AT),
            new Outcome(done));
    recorder.start();
    RecordingSwitch gate = new RecordingSwitch();
    gate.on(recorder);
    ProgramSegmenter segmenter = new ProgramSegmenter(SegmentPlan.standard(), gate);
    segmenter.format("video", Synthetic.PICTURE, AT);
    segmenter.format("audio", Synthetic.SOUND, AT);
    for (int n = 0; n < 96; n++) {
      segmenter.sample("video", Synthetic.picture(n));
      int sounds = n * 150 / 96;
      if (n == 0 || sounds > (n - 1) * 150 / 96) {
        segmenter.sample("audio", Synthetic.sound(sounds));
      }
      if (sounds + 1 < (n + 1) * 150 / 96) {
        Sample more = Synthetic.sound(sounds + 1);
        segmenter.sample("audio", more);
      }
    }
    segmenter.end();
    recorder.finish();
    return done.get(20, TimeUnit.SECONDS);
  }

  private record Outcome(CompletableFuture<RecordingFolder> done) implements Recorder.Events {
    @Override
    public void opened(RecordingFolder folder) {}

    @Override
    public void recorded(double seconds) {}

    @Override
    public void finished(RecordingFolder folder) {
      done.complete(folder);
    }

    @Override
    public void failed(String detail) {
      done.completeExceptionally(new IOException(detail));
    }
  }
}
