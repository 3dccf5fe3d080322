package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.LinkHash;
import dev.amphi.packager.mp4.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
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

  private RecordingFolder folder(String id) throws Exception {
    return new RecordingFolder(Files.createDirectories(root.resolve(ROOM).resolve(id)));
  }

  private RecordingArchive recovered() {
    RecordingArchive archive = new RecordingArchive(root, Clock.systemUTC(), RecordingPolicy.PLAIN);
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
