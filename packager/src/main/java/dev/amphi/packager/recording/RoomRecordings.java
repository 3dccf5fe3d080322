package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.segment.SegmentListener;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The recording switch of one broadcast. Confined to the broadcast's caller. */
public final class RoomRecordings {
  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final RecordingArchive archive;
  private final Path root;
  private final Clock clock;
  private final RecordingKeys keys;
  private final String roomId;
  private final long epoch;
  private final RecordingSwitch gate = new RecordingSwitch();
  private String shown = "";
  private @Nullable Running running;
  private @Nullable Recorder stopping;

  RoomRecordings(
      RecordingArchive archive,
      Path root,
      Clock clock,
      RecordingKeys keys,
      String roomId,
      long epoch) {
    this.archive = archive;
    this.root = root;
    this.clock = clock;
    this.keys = keys;
    this.roomId = roomId;
    this.epoch = epoch;
  }

  /** Where the segmenter's output goes in. */
  public SegmentListener input() {
    return gate;
  }

  /** Switches on or off; the answer comes once the folder is there, or cannot be. */
  public CompletionStage<RecordingView> set(boolean on) {
    Running now = running;
    if (on) {
      return now != null && !now.failed() ? now.opened.thenApply(view -> now.view) : begin();
    }
    if (now == null) {
      return CompletableFuture.failedStage(
          new IllegalStateException("room " + roomId + " is not being recorded"));
    }
    end();
    return now.closed;
  }

  /** Where the tracks of those in the recording that runs go; nowhere where none runs. */
  public TrackSink tracks() {
    Running now = running;
    return now == null ? TrackSink.NONE : now.tracks();
  }

  /** Pauses what is being recorded, or lets it go on; never blocks. */
  public void paused(boolean on) {
    Running now = running;
    if (now != null && now.pauses != null && on != now.pauses.isPaused()) {
      gate.paused(on);
      now.tracksPaused(on);
      now.pauses.paused(on, clock.instant());
      now.paused(on);
    }
  }

  /** Keeps where something new begins, while it is being recorded; never blocks. */
  public void chapter(Instant at, String title) {
    Running now = running;
    if (now != null && now.pauses != null) {
      now.pauses.chapter(at, title);
    }
  }

  /** Keeps what was said, if that began while it was recorded; never blocks. */
  public void cue(Cue cue) {
    Running now = running;
    if (now != null && now.pauses != null) {
      now.pauses.cue(cue);
    }
  }

  /** Keeps a small picture of what is being recorded; never blocks. */
  public void thumbnail(Thumbnail picture) {
    gate.thumbnail(picture);
  }

  /** Keeps what is shown from now on, also for a recording that begins later; never blocks. */
  public void scene(String line) {
    shown = line;
    Running now = running;
    if (now != null && now.pauses != null) {
      now.pauses.scene(line);
    }
  }

  /** Finishes what runs; never blocks. */
  public void close() {
    end();
  }

  /** Waits, within reason, until what was taken is on the disk. */
  public void awaitWritten() {
    Recorder last = stopping;
    if (last != null) {
      try {
        last.join(CLOSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private CompletionStage<RecordingView> begin() {
    Instant at = clock.instant();
    Running started = new Running(RecordingFolder.firstId(epoch, at), at);
    Recorder recorder =
        new Recorder(
            roomId,
            () -> {
              Recorder.Claimed claimed = claim(at);
              started.claimed = claimed;
              return claimed;
            },
            folder -> opening(folder, at),
            started,
            archive.disk());
    started.recorder = recorder;
    started.pauses = new RecordingPauses(recorder, at);
    running = started;
    gate.on(recorder);
    if (!shown.isEmpty()) {
      recorder.scene(shown);
    }
    recorder.start();
    return started.opened;
  }

  private JournalEntry.Opened opening(RecordingFolder folder, Instant at) {
    return new JournalEntry.Opened(folder.id(), roomId, epoch, at);
  }

  private Recorder.Claimed claim(Instant at) throws IOException {
    RecordingFolder folder = RecordingFolder.claim(root, roomId, epoch, at);
    return new Recorder.Claimed(folder, keys.make(folder));
  }

  private void end() {
    gate.off();
    Running now = running;
    if (now != null && now.recorder != null) {
      now.endTracks();
      now.recorder.finish();
      stopping = now.recorder;
    }
    running = null;
  }

  /** One recording from on to off; told on the recorder's thread. */
  private final class Running implements Recorder.Events {
    final CompletableFuture<RecordingView> opened = new CompletableFuture<>();
    final CompletableFuture<RecordingView> closed = new CompletableFuture<>();
    private final Instant at;
    @Nullable Recorder recorder;
    @Nullable RecordingPauses pauses;
    volatile Recorder.@Nullable Claimed claimed;
    private volatile @Nullable TrackRecorder tracks;
    volatile RecordingView view;
    private boolean paused;
    private boolean over;

    Running(String provisionalId, Instant at) {
      this.at = at;
      view = RecordingState.recording(provisionalId, roomId, 0, "");
    }

    boolean failed() {
      return view.state().equals(RecordingState.FAILED);
    }

    @Override
    public void opened(RecordingFolder folder) {
      archive.register(roomId, folder, at);
      archive.began(folder);
      show(RecordingState.recording(folder.id(), roomId, 0, ""));
      opened.complete(view);
    }

    @Override
    public void recorded(double seconds, String warning) {
      String detail = (warning + " " + tracksWarning()).strip();
      show(RecordingState.recording(view.id(), roomId, seconds, detail));
    }

    @Override
    public void finished(RecordingFolder folder) {
      joinTracks();
      archive.finish(roomId, folder, view.durationS());
      closed.complete(RecordingState.processing(folder.id(), roomId, view.durationS()));
    }

    @Override
    public void failed(String detail) {
      noMoreTracks();
      endTracks();
      joinTracks(); // What is shown as failed can be erased: nothing may be written after that.
      try {
        show(RecordingState.failed(view.id(), roomId, view.durationS(), detail));
      } finally {
        opened.complete(view);
        closed.complete(view);
      }
    }

    /** Begins to keep tracks, once. */
    synchronized TrackSink tracks() {
      Recorder.Claimed here = claimed;
      if (tracks == null && here != null && !over) {
        TrackRecorder made =
            new TrackRecorder(
                here.folder(), here.key(), opening(here.folder(), at), archive.disk());
        made.paused(paused);
        made.start();
        tracks = made;
      }
      TrackRecorder running = tracks;
      return running == null || over || running.isOver() ? TrackSink.NONE : running;
    }

    private synchronized void noMoreTracks() {
      over = true;
    }

    private String tracksWarning() {
      TrackRecorder kept = tracks;
      return kept == null || !kept.isOver()
          ? ""
          : "The tracks of single participants stopped, the recording goes on: the log of the node"
              + " says why.";
    }

    void tracksPaused(boolean on) {
      TrackRecorder kept = tracks;
      if (kept != null) {
        kept.paused(on);
      }
    }

    /** What was taken of them is on the disk soon after. */
    void endTracks() {
      TrackRecorder kept = tracks;
      if (kept != null) {
        kept.finish();
      }
    }

    /** The finalizer must not meet who still writes them. */
    private void joinTracks() {
      TrackRecorder kept = tracks;
      if (kept != null) {
        kept.join(CLOSE);
      }
    }

    synchronized void paused(boolean on) {
      paused = on;
      if (opened.isDone() && !failed()) { // One that failed may be erased, and stays so.
        show(view);
      }
    }

    private synchronized void show(RecordingView now) {
      view = now.paused(paused && now.state().equals(RecordingState.RECORDING));
      archive.changed(view);
    }
  }
}
