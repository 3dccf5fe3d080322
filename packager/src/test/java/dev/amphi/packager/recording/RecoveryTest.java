package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.crypt.LinkHash;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.vault.Vault;
import dev.amphi.packager.vault.VaultPolicy;
import dev.amphi.packager.webm.HandmadeFrames;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a folder holds, the node starts, and what can be saved of it is. */
final class RecoveryTest {
  private static final String ROOM = "demo";

  private Path root;

  @BeforeEach
  void start(@TempDir Path folder) {
    root = folder;
  }

  @Test
  void oneBadLineKeepsNoOtherRecordingFromBeingFound() throws Exception {
    RecordingFolder bad = folder("aaa");
    Files.writeString(bad.journal(), "0".repeat(64) + " opened  _demo 1 2026-11-02T09:00:00Z\n");
    Recorded.in(root, ROOM, RecordingKeys.NONE);
    try (RecordingArchive archive = recovered()) {
      awaitOver(archive, "ready");
    }
  }

  @Test
  void aRecordingThatBreaksTheFinalizerHasFailedAndIsKept() throws Exception {
    RecordingFolder folder = folder("20261102-090000-1");
    Files.write(folder.track("video"), new byte[100]);
    List<JournalEntry> entries =
        List.of(
            new JournalEntry.Opened(folder.id(), ROOM, 1, Recorded.AT),
            new JournalEntry.Format("video", 0, Synthetic.PICTURE, Recorded.AT),
            new JournalEntry.Chunk("video", 0, -5, 9, Bytes.fromHex("00000001"), 0, 1),
            new JournalEntry.Finished());
    Files.createFile(folder.journal());
    folder.append(new JournalChain(LinkHash.sha256()), entries);
    try (RecordingArchive archive = recovered()) {
      RecordingView view = awaitOver(archive, "failed");
      assertThat(view.detail()).startsWith("What was recorded is kept").contains("Exception");
    }
    assertThat(folder.track("video")).exists();
  }

  @Test
  void aFirstLineOrACodingThatIsDamagedCostsNothing() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, RecordingKeys.NONE);
    List<String> lines = Files.readAllLines(recorded.journal());
    assertThat(lines.stream().filter(line -> line.contains(" format "))).hasSize(4);
    int format =
        lines.indexOf(lines.stream().filter(l -> l.contains(" format ")).findFirst().orElseThrow());
    for (int damaged : List.of(0, format)) {
      Path copy = root.resolve("copy" + damaged);
      Path room = Files.createDirectories(copy.resolve(ROOM).resolve(recorded.id()));
      for (String track : List.of("video", "audio")) {
        Files.copy(recorded.track(track), new RecordingFolder(room).track(track));
      }
      List<String> broken = new ArrayList<>(lines);
      broken.set(damaged, lines.get(damaged).substring(0, 65) + "rubbish");
      Files.write(new RecordingFolder(room).journal(), broken);
      try (RecordingArchive archive = recovered(copy)) {
        RecordingView view = awaitOver(archive, "ready");
        assertThat(view.durationS()).isCloseTo(Recorded.SECONDS, within(0.05));
        assertThat(view.detail()).contains("damaged");
      }
    }
  }

  @Test
  void whatCannotBeReadAtAllIsShownWhereThereIsMedia() throws Exception {
    RecordingFolder folder = folder("20261102-090000-1");
    Files.write(folder.track("video"), new byte[100]);
    Files.writeString(folder.journal(), "rubbish\n");
    try (RecordingArchive archive = recovered()) {
      RecordingView view = awaitOver(archive, "failed");
      assertThat(view.detail()).contains("is kept").doesNotContain(root.toString());
      assertThat(view.kept().orElseThrow().startedAt()).isEqualTo(Recorded.AT);
    }
    Files.delete(folder.journal());
    try (RecordingArchive archive = recovered()) {
      awaitOver(archive, "failed");
    }
    Files.delete(folder.track("video"));
    try (RecordingArchive archive = recovered()) {
      assertThat(archive.recordings(ROOM)).isEmpty();
    }
  }

  @Test
  void tracksWaitForTheMovieThatCouldNotBeMade() throws Exception {
    RecordingFolder folder = Recorded.in(root, ROOM, RecordingKeys.NONE);
    TrackRecorder tracks =
        new TrackRecorder(
            folder,
            null,
            new JournalEntry.Opened(folder.id(), ROOM, 1, Recorded.AT),
            new DiskUse());
    tracks.start();
    ByteBuffer frame = ByteBuffer.wrap(HandmadeFrames.vp8(160, 90));
    TrackSink.Source camera =
        new TrackSink.Source("t_1", "ada", "Ada", "camera", "vp8", "instructor");
    tracks.frame(camera, frame, Recorded.AT.plusMillis(200), true);
    tracks.finish();
    tracks.join(Duration.ofSeconds(20));
    Path inTheWay = Files.createDirectory(folder.unfinished(RecordedFile.MOVIE));
    try (RecordingArchive archive = recovered()) {
      assertThat(awaitOver(archive, "failed").detail()).contains("tried again");
    } // Closed once the finalizer has come to its end.
    assertThat(folder.tracksList()).doesNotExist();
    assertThat(Files.readString(folder.tracksJournal())).doesNotContain(" made ");
    Files.delete(inTheWay);
    try (RecordingArchive archive = recovered()) {
      awaitOver(archive, "ready");
      Awaitility.await().until(() -> !archive.isMakingTracks(ROOM, folder.id()));
    }
    assertThat(folder.path().resolve("track-1.webm")).exists();
    assertThat(new IntegrityCheck(folder, null).check().state()).isEqualTo("whole");
  }

  @Test
  void whatIsInTheBucketOnlyIsNotTakenForNothing() throws Exception {
    RecordingFolder recorded = Recorded.in(root, ROOM, RecordingKeys.NONE);
    new Finalizer(recorded, null, done -> {}).finish();
    Files.delete(recorded.movie());
    Files.writeString(
        recorded.path().resolve("stored"),
        "amphi-stored-1\n100 0 " + "9f".repeat(32) + " away recording.mp4\n");
    List<String> lines = Files.readAllLines(recorded.journal());
    List<String> first = new ArrayList<>(lines);
    first.set(0, "rubbish");
    for (List<String> damaged : List.of(lines.subList(0, lines.size() - 1), List.<String>of())) {
      Files.write(recorded.journal(), damaged);
      try (RecordingArchive archive = recoveredBesideABucket()) {
        assertThat(awaitOver(archive, "failed").detail()).contains("is kept");
      }
    }
    Files.write(recorded.journal(), first);
    try (RecordingArchive archive = recoveredBesideABucket()) {
      assertThat(awaitOver(archive, "ready").detail()).contains("damaged");
    }
    Files.delete(recorded.journal());
    try (RecordingArchive archive = recoveredBesideABucket()) {
      assertThat(awaitOver(archive, "failed").detail()).contains("is kept");
    }
  }

  @Test
  void clustersAloneAreListedToo() throws Exception {
    RecordingFolder folder = folder("20261102-090000-1");
    Files.write(folder.path().resolve(RecordingFolder.clustersName("1")), new byte[100]);
    try (RecordingArchive archive = recovered()) {
      assertThat(awaitOver(archive, "failed").detail()).contains("is kept");
    }
  }

  @Test
  void otherProcessesSeeThatItIsWrittenAlsoAfterItsJournalWasRead() throws Exception {
    RecordingFolder folder = folder("20261102-090000-1");
    Files.createFile(folder.journal());
    try (InUse use = InUse.begin(folder)) {
      Files.readAllBytes(use.folder().journal());
      assertThat(asked(folder)).isEqualTo("true");
    }
    assertThat(asked(folder)).isEqualTo("false");
  }

  /** Says for another process whether a recording is being written. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(InUse.is(new RecordingFolder(Path.of(arguments[0]))));
  }

  private static String asked(RecordingFolder folder) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                RecoveryTest.class.getName(),
                folder.path().toString())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private RecordingFolder folder(String id) throws Exception {
    return new RecordingFolder(Files.createDirectories(root.resolve(ROOM).resolve(id)));
  }

  private RecordingArchive recovered() {
    return recovered(root);
  }

  /** It does not answer; what it has is noted here. */
  private RecordingArchive recoveredBesideABucket() {
    Vault vault =
        new Vault(
            () -> {
              throw new IOException("nobody answers");
            },
            VaultPolicy.of("", false),
            Clock.systemUTC());
    RecordingPolicy policy = new RecordingPolicy(RecordingKeys.NONE, Duration.ZERO, vault);
    RecordingArchive archive = new RecordingArchive(root, Clock.systemUTC(), policy);
    archive.recover();
    return archive;
  }

  private static RecordingArchive recovered(Path below) {
    RecordingArchive archive =
        new RecordingArchive(below, Clock.systemUTC(), RecordingPolicy.PLAIN);
    archive.recover();
    return archive;
  }

  private static RecordingView awaitOver(RecordingArchive archive, String state) {
    Awaitility.await()
        .until(
            () ->
                archive.recordings(ROOM).size() == 1
                    && RecordingState.isOver(archive.recordings(ROOM).getFirst()));
    RecordingView view = archive.recordings(ROOM).getFirst();
    assertThat(view.state()).as(view.detail()).isEqualTo(state);
    return view;
  }
}
