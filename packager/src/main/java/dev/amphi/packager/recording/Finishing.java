package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.vault.Vault;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Makes what people get of recordings that nobody writes any more, one after the other. */
final class Finishing {
  private static final System.Logger LOG = System.getLogger(Finishing.class.getName());

  private final RecordingShelf shelf;
  private final ArchiveNews news;
  private final RecordingKeys keys;
  private final @Nullable Vault vault;
  private final CompositionDesk compositions;
  private final ExecutorService finalizers =
      RecordingThreads.single("recording-finalizer", Integer.MAX_VALUE);

  Finishing(
      RecordingShelf shelf,
      ArchiveNews news,
      RecordingKeys keys,
      @Nullable Vault vault,
      CompositionDesk compositions) {
    this.shelf = shelf;
    this.news = news;
    this.keys = keys;
    this.vault = vault;
    this.compositions = compositions;
  }

  /** Does something else on the finalizer's thread, unless all is over. */
  void execute(Runnable work) {
    if (!finalizers.isShutdown()) {
      finalizers.execute(work);
    }
  }

  /** Makes the MP4 of a recording that was registered, on the finalizer's thread. */
  void finish(String roomId, RecordingFolder folder, double seconds) {
    news.changed(RecordingState.processing(folder.id(), roomId, seconds));
    execute(() -> finalizeNow(roomId, folder, seconds));
  }

  /** Takes nothing more. */
  void shutdown() {
    finalizers.shutdown();
  }

  /** Whether what was begun came to its end in time. */
  boolean awaitEnd(long seconds) throws InterruptedException {
    return finalizers.awaitTermination(seconds, TimeUnit.SECONDS);
  }

  /** Stops where it is; the next start goes on with it. */
  void stop() {
    finalizers.shutdownNow();
  }

  private void finalizeNow(String roomId, RecordingFolder found, double seconds) {
    RecordingFolder folder = found.in(vault);
    boolean tracks = TrackFinalizer.isDue(folder);
    if (tracks) {
      shelf.busy(roomId, folder.id(), true);
    }
    boolean over = false;
    try {
      Finalizer.Finished finished = new Finalizer(folder, keys.of(folder), done -> {}).finish();
      over = true;
      if (finished.outcome() instanceof JournalEntry.Ready) {
        compositions.found(roomId, folder); // Before anybody may change its journal.
      }
      RecordingView view =
          switch (finished.outcome()) {
            case JournalEntry.Ready ready ->
                RecordingState.ready(folder.id(), roomId, ready, finished);
            case JournalEntry.Failed failed ->
                RecordingState.failed(folder.id(), roomId, seconds, failed.detail());
          };
      if (finished.before()) {
        news.found(view);
      } else {
        news.changed(view);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "no MP4 of the recording " + folder.path(), e);
      news.changed(
          RecordingState.failed(
              folder.id(),
              roomId,
              seconds,
              "What was recorded is kept, but its MP4 could not be written ("
                  + Reason.of(e)
                  + "); it is tried again at the next start."));
    }
    if (over && tracks) {
      makeTracks(roomId, folder);
    } else if (tracks) {
      shelf.busy(roomId, folder.id(), false); // Without the movie nobody knows where they stand.
    }
    folder.settle();
  }

  /** After the movie, which more people wait for. */
  private void makeTracks(String roomId, RecordingFolder folder) {
    try {
      new TrackFinalizer(folder, keys.of(folder)).finish();
      LOG.log(System.Logger.Level.INFO, "recording {0}: its tracks are files", folder.id());
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.ERROR,
          "no tracks of the recording " + folder.path() + ", until the next start",
          e);
    } finally {
      shelf.busy(roomId, folder.id(), false);
    }
  }
}
