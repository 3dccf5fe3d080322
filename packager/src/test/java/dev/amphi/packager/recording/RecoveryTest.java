package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.LinkHash;
import dev.amphi.packager.mp4.Bytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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
