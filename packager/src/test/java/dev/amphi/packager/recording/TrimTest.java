package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.captions.TimedText;
import dev.amphi.packager.captions.WebVtt;
import dev.amphi.packager.crypt.ForgedException;
import dev.amphi.packager.crypt.MasterKeys;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.MovieIndex;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a part is made of, where it may not be cut, and what a kill leaves of it. */
final class TrimTest {
  @Test
  void aPartOfAnEncryptedRecordingIsEncryptedAndIsNotTheWhole(@TempDir Path root) throws Exception {
    Path master = Files.writeString(root.resolve("master"), "0f".repeat(32) + "\n");
    RecordingKeys keys = new RecordingKeys(MasterKeys.read(master, new SecureRandom()));
    RecordingFolder folder = Recorded.in(root, "room", keys);
    RecordingKey key = keys.of(folder);
    new Finalizer(folder, key, done -> {}).finish();
    JournalEntry.Trimmed part = new Trimming(folder, key).make(1_700, 3_000);
    assertThat(part.fromMs()).isEqualTo(1_600);
    assertThat(part.durationMs()).isBetween(1_400L, 1_421L);
    Path file = folder.file(RecordedFile.TRIMMED);
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("ftyp");
    try (RecordedContent content = RecordedContent.open(folder, RecordedFile.TRIMMED, key)) {
      ByteBuffer head = content.readAll(0, 8);
      assertThat(StandardCharsets.ISO_8859_1.decode(head.slice(4, 4)).toString()).isEqualTo("ftyp");
    }
    Files.move(file, folder.movie(), StandardCopyOption.REPLACE_EXISTING);
    assertThatThrownBy(() -> RecordedContent.open(folder, RecordedFile.MOVIE, key))
        .isInstanceOf(ForgedException.class);
  }

  @Test
  void aPartThatWasNotJournaledIsGoneAfterAKill(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    new Finalizer(folder, null, done -> {}).finish();
    String before = Files.readString(folder.journal());
    new Trimming(folder, null).make(0, 2_000);
    assertThat(new Finalizer(folder, null, done -> {}).finish().trim()).isPresent();
    Files.writeString(folder.journal(), before);
    assertThat(new Finalizer(folder, null, done -> {}).finish().trim()).isEmpty();
    assertThat(folder.file(RecordedFile.TRIMMED)).doesNotExist();
    assertThat(folder.movie()).exists();
  }

  @Test
  void whatCannotBeCutIsRefusedInWords(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    RecordingPolicy policy = new RecordingPolicy(RecordingKeys.NONE, Duration.ZERO);
    try (RecordingArchive archive = new RecordingArchive(root, Clock.systemUTC(), policy)) {
      archive.recover();
      Awaitility.await().until(() -> archive.recordings("room").getFirst().state().equals("ready"));
      String id = folder.id();
      for (double[] span :
          List.of(new double[] {2, 1}, new double[] {-1, 1}, new double[] {0, 9})) {
        RecordingRefused refused = refused(archive.trim("room", id, span[0], span[1]));
        assertThat(refused.reason()).isEqualTo(RecordingRefused.Reason.WRONG);
        assertThat(refused).hasMessageContaining("'from_s' is").hasMessageContaining("the 3.2");
      }
      assertThat(refused(archive.trim("room", "none", 0, 1)).reason())
          .isEqualTo(RecordingRefused.Reason.UNKNOWN);
      RecordingView cut = get(archive.trim("room", id, 0, 2));
      assertThat(cut.part()).isPresent();
      get(archive.hold("room", id, true));
      assertThat(refused(archive.untrim("room", id)).reason())
          .isEqualTo(RecordingRefused.Reason.HELD);
      get(archive.hold("room", id, false));
      get(archive.erase("room", id, "test"));
      assertThat(folder.path()).doesNotExist();
    }
  }

  @Test
  void aHoldThatCameWhileItWaitedKeepsThePart(@TempDir Path root) throws Exception {
    RecordingFolder folder = Recorded.in(root, "room", RecordingKeys.NONE);
    new Finalizer(folder, null, done -> {}).finish();
    Trimming trimming = new Trimming(folder, null);
    trimming.make(0, 2_000);
    folder.hold(true);
    for (ThrowableAssert.ThrowingCallable work :
        List.<ThrowableAssert.ThrowingCallable>of(trimming::drop, () -> trimming.make(0, 3_000))) {
      assertThatThrownBy(work)
          .isInstanceOf(RecordingRefused.class)
          .hasMessageContaining("is under a legal hold");
      assertThat(folder.file(RecordedFile.TRIMMED)).exists();
    }
    folder.hold(false);
    trimming.drop();
    assertThat(folder.file(RecordedFile.TRIMMED)).doesNotExist();
  }

  @Test
  void chaptersMoveAndTheOneThatGoesOnIsTheFirst() {
    List<JournalEntry.Placed> all =
        List.of(
            new JournalEntry.Placed(0, "A"),
            new JournalEntry.Placed(5_000, "B"),
            new JournalEntry.Placed(12_000, "C"),
            new JournalEntry.Placed(30_000, "D"));
    assertThat(Trimming.chapters(all, 6_000, 10_000))
        .containsExactly(new JournalEntry.Placed(0, "B"), new JournalEntry.Placed(6_000, "C"));
    assertThat(Trimming.chapters(all.subList(2, 4), 1_000, 5_000)).isEmpty();
  }

  @Test
  void captionsAreReadAsTheyWereWritten() {
    List<TimedText> lines =
        List.of(
            new TimedText(0, 1, "a < b & c > d"),
            new TimedText(3_600_999, 400_000_001, "zwei\nZeilen --> &lt;"));
    assertThat(WebVtt.read(WebVtt.write(lines))).isEqualTo(lines);
    assertThat(WebVtt.read("something else\n\n")).isEmpty();
  }

  @Test
  void whatIsNoIndexIsNone() {
    assertThat(MovieIndex.read(Bytes.fromHex("0000000874726163"))).isEmpty();
    assertThat(MovieIndex.read(Bytes.fromHex("000000087472616b"))).isEmpty();
    assertThat(MovieIndex.read(Bytes.fromHex("7fffffff7472616b"))).isEmpty();
    assertThat(MovieIndex.read(Bytes.EMPTY)).isEmpty();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private static RecordingRefused refused(CompletionStage<?> stage) throws Exception {
    try {
      stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      return (RecordingRefused) Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("it was not refused");
  }
}
