package dev.amphi.packager.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.segment.ProgramSegmenter;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.webm.HandmadeFrames;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a recording, and of its tracks, when the disk refuses something. */
final class RoomRecordingsTest {
  private static final String ROOM = "room";

  private RecordingArchive archive;
  private RoomRecordings recordings;
  private ProgramSegmenter segmenter;
  private RecordingFolder folder;
  private int picture;

  @BeforeEach
  void record(@TempDir Path root) throws Exception {
    archive = new RecordingArchive(root, Clock.systemUTC(), RecordingPolicy.PLAIN);
    recordings = archive.room(ROOM, 1);
    segmenter = new ProgramSegmenter(SegmentPlan.standard(), recordings.input());
    segmenter.format("video", Synthetic.PICTURE, Recorded.AT);
    RecordingView view = recordings.set(true).toCompletableFuture().get(20, TimeUnit.SECONDS);
    folder = new RecordingFolder(root.resolve(ROOM).resolve(view.id()));
  }

  @AfterEach
  void stop() {
    recordings.close();
    recordings.awaitWritten();
    archive.close();
  }

  @Test
  void whenARecordingFailsItsTracksAreWholeBeforeThatIsShownAndItStaysErased() throws Exception {
    TrackSink sink = recordings.tracks();
    assertThat(sink).isNotSameAs(TrackSink.NONE);
    for (int n = 0; n < 2000; n++) {
      ByteBuffer frame = ByteBuffer.wrap(HandmadeFrames.vp8(160, 90));
      sink.frame(source("t_" + n % 100), frame, Recorded.AT.plusMillis(600L * (n / 100)), true);
    }
    Files.createFile(folder.track("video")); // Where the recorder wants to make its own.
    play(60);
    Awaitility.await().until(() -> view().state().equals("failed"));
    assertThat(Files.readString(folder.tracksJournal())).endsWith(" finished\n");
    assertThat(recordings.tracks()).isSameAs(TrackSink.NONE);

    archive.erase(ROOM, view().id(), "test").toCompletableFuture().get(20, TimeUnit.SECONDS);
    assertThat(folder.path()).doesNotExist();
    recordings.paused(true);
    recordings.paused(false);
    assertThat(archive.recordings(ROOM)).isEmpty();
  }

  @Test
  void tracksThatStopAreToldAndTheRecordingGoesOn() throws Exception {
    TrackSink sink = recordings.tracks();
    Files.createFile(folder.path().resolve(RecordingFolder.clustersName("1")));
    sink.frame(source("t_1"), ByteBuffer.wrap(HandmadeFrames.vp8(160, 90)), Recorded.AT, true);
    sink.cut("t_1");
    Awaitility.await().until(sink::isOver);
    assertThat(recordings.tracks()).isSameAs(TrackSink.NONE);
    play(120);
    Awaitility.await().until(() -> view().detail().startsWith("The tracks of single participants"));
    assertThat(view().state()).isEqualTo("recording");
  }

  @Test
  void whatWasAddedToTheTracksJournalIsNotWrittenOver() throws Exception {
    TrackSink sink = recordings.tracks();
    Awaitility.await()
        .until(
            () ->
                Files.exists(folder.tracksJournal())
                    && Files.readString(folder.tracksJournal()).endsWith("\n"));
    String before = Files.readString(folder.tracksJournal());
    Files.writeString(folder.tracksJournal(), before + "of the finalizer\n");
    sink.frame(source("t_1"), ByteBuffer.wrap(HandmadeFrames.vp8(160, 90)), Recorded.AT, true);
    sink.cut("t_1");
    Awaitility.await().until(() -> Files.readString(folder.tracksJournal()).contains(" chunk "));
    assertThat(Files.readString(folder.tracksJournal())).startsWith(before + "of the finalizer\n");
  }

  private void play(int pictures) {
    for (int n = 0; n < pictures; n++) {
      segmenter.sample("video", Synthetic.picture(picture++));
    }
  }

  private RecordingView view() {
    return archive.recordings(ROOM).getFirst();
  }

  private static TrackSink.Source source(String id) {
    return new TrackSink.Source(id, "ada", "Ada", "camera", "vp8", "instructor");
  }
}
