package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.MasterKeys;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a recording after its end: it is verified, held, erased; plain and encrypted. */
final class CareTest {
  private static final String ROOM = "demo";
  private static final Duration KEEP = Duration.ofDays(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Recorded.AT.plusSeconds(60));
  private Path folder;
  private Path root;
  private RecordingKeys keys;
  private RecordingArchive archive;

  @BeforeEach
  void start(@TempDir Path shared) throws IOException {
    folder = shared;
    root = folder.resolve("recordings");
    keys = keys("11".repeat(32));
    archive = new RecordingArchive(root, clock(), new RecordingPolicy(keys, KEEP));
  }

  @AfterEach
  void stop() {
    archive.close();
  }

  @Test
  void aPlainAndAnEncryptedRecordingAreWholeAndKeepTheirSeal() throws Exception {
    Recorded.in(root, ROOM, RecordingKeys.NONE);
    Recorded.in(root, ROOM, keys);
    restart(keys);
    List<RecordingView> both = ready(2);
    assertThat(both)
        .extracting(v -> v.kept().orElseThrow().encrypted())
        .containsExactly(false, true);
    for (RecordingView view : both) {
      Integrity integrity = get(archive.verify(ROOM, view.id()));
      assertThat(integrity.state()).as(integrity.detail()).isEqualTo(Integrity.WHOLE);
      assertThat(integrity.seal()).matches("[0-9a-f]{64}");
      restart(keys);
      ready(2);
      assertThat(get(archive.verify(ROOM, view.id()))).isEqualTo(integrity);
    }
  }

  @Test
  void nothingOfAnEncryptedRecordingIsReadableAndThePlainTextIsTheSame() throws Exception {
    RecordingFolder plain = Recorded.in(root, "plain", RecordingKeys.NONE);
    RecordingFolder sealed = Recorded.in(root, ROOM, keys);
    assertThat(text(plain.track("video"))).contains("moof");
    assertThat(text(sealed.track("video"))).doesNotContain("moof");
    restart(keys);
    RecordingView view = ready(1).getFirst();
    Awaitility.await().until(() -> archive.recordings("plain").getFirst().state().equals("ready"));
    assertThat(text(plain.movie())).contains("moov");
    assertThat(text(sealed.movie())).doesNotContain("moov");
    assertThat(sealed.chapters()).as("titles lie in the MP4 only").doesNotExist();
    try (RecordedContent movie = archive.open(ROOM, view.id()).orElseThrow()) {
      assertThat(movie.plain()).isEmpty();
      assertThat(all(movie)).isEqualTo(Files.readAllBytes(plain.movie()));
    }
  }

  @Test
  void withoutItsMasterKeyARecordingIsKeptAndSaysSo() throws Exception {
    RecordingFolder sealed = Recorded.in(root, ROOM, keys);
    for (RecordingKeys wrong : List.of(RecordingKeys.NONE, keys("22".repeat(32)))) {
      restart(wrong);
      RecordingView view = archive.recordings(ROOM).getFirst();
      assertThat(view.state()).isEqualTo("failed");
      assertThat(view.detail()).contains("is kept").contains("recording.master_key_file");
      assertThat(sealed.track("video")).exists();
    }
    restart(keys("22".repeat(32) + "\n" + "11".repeat(32)));
    assertThat(ready(1).getFirst().durationS()).isGreaterThan(3.1);
  }

  @Test
  void aRecordingWhoseKeyFileIsGoneIsNotTakenForAnEmptyOne() throws Exception {
    RecordingFolder sealed = Recorded.in(root, ROOM, keys);
    Files.delete(sealed.key());
    restart(keys);
    assertThat(archive.recordings(ROOM).getFirst().detail()).contains("its key is gone");
    assertThat(sealed.track("video")).exists();
  }

  @Test
  void aChunkThatWasFlippedOrComesFromElsewhereIsAGap() throws Exception {
    RecordingFolder first = Recorded.in(root, ROOM, keys);
    RecordingFolder other = Recorded.in(root, "other", keys);
    Files.copy(other.track("audio"), first.track("audio"), StandardCopyOption.REPLACE_EXISTING);
    restart(keys);
    RecordingView view = ready(1).getFirst();
    assertThat(view.detail()).contains("damaged");
    assertThat(first.track("audio")).exists();
    assertThat(get(archive.verify(ROOM, view.id())).detail()).contains("parts were damaged");
  }

  @Test
  void whatWasChangedOrCutOutIsSaid() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, RecordingKeys.NONE);
    restart(keys);
    String id = ready(1).getFirst().id();
    byte[] movie = Files.readAllBytes(recorded.movie());
    List<String> journal = Files.readAllLines(recorded.journal());

    byte[] flipped = movie.clone();
    flipped[movie.length / 2] ^= 1;
    Files.write(recorded.movie(), flipped);
    assertThat(get(archive.verify(ROOM, id)).detail()).contains("a byte of it was changed");
    Files.write(recorded.movie(), java.util.Arrays.copyOf(movie, movie.length - 1));
    assertThat(get(archive.verify(ROOM, id)).detail()).contains("bytes instead of");
    Files.delete(recorded.movie());
    assertThat(get(archive.verify(ROOM, id)).detail()).isEqualTo("Its MP4 is gone.");
    Files.write(recorded.movie(), movie);
    assertThat(get(archive.verify(ROOM, id)).state()).isEqualTo(Integrity.WHOLE);

    List<String> cut = new java.util.ArrayList<>(journal);
    cut.remove(6);
    Files.write(recorded.journal(), cut);
    Integrity found = get(archive.verify(ROOM, id));
    assertThat(found.state()).isEqualTo(Integrity.BROKEN);
    assertThat(found.detail()).startsWith("Line 7 of its journal");
    Files.write(recorded.journal(), journal.subList(0, journal.size() - 1));
    assertThat(get(archive.verify(ROOM, id)).state())
        .as("without its end the chunks would have to be there")
        .isEqualTo(Integrity.BROKEN);
    restart(keys);
    assertThat(recorded.movie()).exists();
    Awaitility.await().until(() -> archive.recordings(ROOM).getFirst().state().equals("failed"));
    assertThat(archive.recordings(ROOM).getFirst().detail()).contains("was cut off after the MP4");
  }

  @Test
  void anErasedRecordingIsGoneToTheLastFile() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    Files.writeString(recorded.path().resolve("consents.jsonl"), "{}\n");
    restart(keys);
    String id = ready(1).getFirst().id();
    try (RecordedContent reading = archive.open(ROOM, id).orElseThrow()) {
      assertThat(reading.read(0, 10).remaining()).isEqualTo(10);
      archive.erase(ROOM, id, "as asked").toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThatThrownBy(() -> reading.read(0, 10)).isInstanceOf(IOException.class);
    }
    assertThat(recorded.path()).doesNotExist();
    assertThat(archive.recordings(ROOM)).isEmpty();
    assertThat(archive.open(ROOM, id)).isEmpty();
    assertThat(refused(archive.erase(ROOM, id, "again")).reason())
        .isEqualTo(RecordingRefused.Reason.UNKNOWN);
  }

  @Test
  void anErasureThatWasCutOffGoesOnAtTheNextStart() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    Files.createFile(recorded.erasing());
    restart(keys);
    assertThat(recorded.path()).doesNotExist();
    assertThat(archive.recordings(ROOM)).isEmpty();
  }

  @Test
  void whatComesIntoAFolderBehindItsErasureIsErasedAtTheNextStart() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    assertThatThrownBy(() -> Erasure.remove(recorded)).isInstanceOf(IOException.class);
    assertThat(recorded.erasing()).exists();
    restart(keys);
    assertThat(recorded.path()).doesNotExist();
  }

  @Test
  void aLegalHoldForbidsErasureAndRetentionUntilItEnds() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    restart(keys);
    String id = ready(1).getFirst().id();
    assertThat(get(archive.hold(ROOM, id, true)).kept().orElseThrow().held()).isTrue();
    restart(keys);
    ready(1);
    assertThat(refused(archive.erase(ROOM, id, "as asked")).reason())
        .isEqualTo(RecordingRefused.Reason.HELD);
    now.set(Recorded.AT.plus(KEEP).plusSeconds(60));
    archive.expire(0);
    archive.expire(Retention.CONFIRM_NANOS);
    get(archive.hold(ROOM, id, false));
    assertThat(recorded.movie()).exists();
    archive.expire(Retention.CONFIRM_NANOS + 1);
    Awaitility.await().until(() -> archive.recordings(ROOM).isEmpty());
    Awaitility.await().untilAsserted(() -> assertThat(recorded.path()).doesNotExist());
  }

  @Test
  void whatTheDiskRefusesIsNeitherErasedNorForgotten() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    restart(keys);
    String id = ready(1).getFirst().id();
    Path nowhere = Files.createSymbolicLink(recorded.erasing(), folder.resolve("nowhere"));
    RecordingRefused refused = refused(archive.erase(ROOM, id, "as asked"));
    assertThat(refused.reason()).isEqualTo(RecordingRefused.Reason.UNAVAILABLE);
    assertThat(refused.getMessage()).doesNotContain(root.toString());
    assertThat(ready(1)).hasSize(1);
    Files.delete(nowhere);
    Path hold = Files.createSymbolicLink(recorded.hold(), folder.resolve("nowhere"));
    assertThat(refused(archive.hold(ROOM, id, true)).reason())
        .isEqualTo(RecordingRefused.Reason.UNAVAILABLE);
    assertThat(refused(archive.erase(ROOM, id, "as asked")).reason())
        .as("better held than lost")
        .isEqualTo(RecordingRefused.Reason.HELD);
    Files.delete(hold);
    get(archive.hold(ROOM, id, false));
    Files.createFile(recorded.hold());
    assertThat(refused(archive.erase(ROOM, id, "as asked")).reason())
        .as("the mark on the disk counts too")
        .isEqualTo(RecordingRefused.Reason.HELD);
  }

  @Test
  void whatIsBeingErasedIsNotCalledBroken() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    restart(keys);
    String id = ready(1).getFirst().id();
    Erasure.mark(recorded);
    Files.delete(recorded.movie());
    assertThat(refused(archive.verify(ROOM, id)).reason())
        .isEqualTo(RecordingRefused.Reason.UNAVAILABLE);
  }

  @Test
  void onlyItsOwnerReadsTheKeyOfARecording() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, keys);
    assertThat(Files.getPosixFilePermissions(recorded.key()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void whenItsDaysAreOverARecordingGoesAndNotBefore() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, RecordingKeys.NONE);
    restart(keys);
    RecordingView view = ready(1).getFirst();
    Instant expires = view.kept().orElseThrow().expiresAt();
    assertThat(expires).isBetween(Recorded.AT.plus(KEEP), Recorded.AT.plus(KEEP).plusSeconds(4));
    now.set(Recorded.AT.plus(KEEP).plusSeconds(1));
    archive.expire(0);
    archive.expire(Retention.CONFIRM_NANOS);
    get(archive.hold(ROOM, view.id(), false)); // The clerk has done what came before.
    assertThat(recorded.movie()).exists();
    now.set(Recorded.AT.plus(KEEP).plusSeconds(5));
    archive.expire(Retention.CONFIRM_NANOS + 1);
    archive.expire(2 * Retention.CONFIRM_NANOS + 1);
    Awaitility.await().untilAsserted(() -> assertThat(recorded.path()).doesNotExist());
  }

  private RecordingKeys keys(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("keys"), text);
    return new RecordingKeys(MasterKeys.read(file, new SecureRandom()));
  }

  private void restart(RecordingKeys with) {
    archive.close();
    archive = new RecordingArchive(root, clock(), new RecordingPolicy(with, KEEP));
    archive.recover();
  }

  private List<RecordingView> ready(int count) {
    Awaitility.await()
        .until(
            () ->
                archive.recordings(ROOM).stream()
                        .filter(view -> view.state().matches("ready|failed"))
                        .count()
                    == count);
    assertThat(archive.recordings(ROOM)).allMatch(view -> view.state().equals("ready"));
    return archive.recordings(ROOM);
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public java.time.ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(java.time.ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Objects.requireNonNull(now.get());
      }
    };
  }

  private static String text(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1);
  }

  private static byte[] all(RecordedContent movie) throws IOException {
    ByteBuffer all = ByteBuffer.allocate((int) movie.length());
    while (all.hasRemaining()) {
      all.put(movie.read(all.position(), 10_000));
    }
    return all.array();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return Objects.requireNonNull(stage.toCompletableFuture().get(20, TimeUnit.SECONDS));
  }

  private static RecordingRefused refused(CompletionStage<?> stage) throws Exception {
    try {
      stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RecordingRefused refused) {
        return refused;
      }
      throw e;
    }
    throw new AssertionError("it was not refused");
  }
}
