package dev.amphi.packager.recording;

import dev.amphi.packager.api.Packager.RecordingListener;
import dev.amphi.packager.api.RecordingView;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;

/** Tells whoever listens what becomes of recordings, on a thread of its own. Thread-safe. */
final class ArchiveNews {
  private static final System.Logger LOG = System.getLogger(ArchiveNews.class.getName());

  private final RecordingShelf shelf;
  private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Erased> resumed = new ArrayList<>();
  private final ExecutorService events =
      RecordingThreads.single("recording-events", Integer.MAX_VALUE);

  /** A recording that is no more. */
  private record Erased(String roomId, String id) {}

  /**
   * @param shelf remembers what is said of each
   */
  ArchiveNews(RecordingShelf shelf) {
    this.shelf = shelf;
  }

  /**
   * Whoever listens hears of erasures that this start went on with, though they were done before.
   */
  void listen(RecordingListener listener) {
    synchronized (resumed) {
      listeners.add(listener);
      resumed.forEach(one -> tell(List.of(listener), it -> it.erased(one.roomId(), one.id())));
    }
  }

  /** Remembers a view, and tells of it when the state is another. */
  void changed(RecordingView view) {
    RecordingView before = shelf.say(view);
    if (before == null
        || !before.state().equals(view.state())
        || before.paused() != view.paused()
        || before.detail().isEmpty() != view.detail().isEmpty()) {
      LOG.log(
          System.Logger.Level.INFO,
          "recording {0} of room {1}: {2} {3}",
          view.id(),
          view.roomId(),
          view.state(),
          view.detail());
      tell(listeners, listener -> listener.changed(view));
    }
  }

  /** Remembers a view of what an earlier run had made already. */
  void found(RecordingView view) {
    shelf.say(view);
    tell(listeners, listener -> listener.found(view));
  }

  /** A recording is gone for good. */
  void erased(String roomId, String id) {
    tell(listeners, listener -> listener.erased(roomId, id));
  }

  /** The same of one whose erasure an earlier run began: also who listens later hears of it. */
  void erasedAtLast(String roomId, String id) {
    synchronized (resumed) {
      resumed.add(new Erased(roomId, id));
      tell(List.copyOf(listeners), it -> it.erased(roomId, id));
    }
  }

  /** Tells what was said until now, and nothing more. */
  void close() {
    events.shutdown();
  }

  private void tell(List<RecordingListener> whom, Consumer<RecordingListener> news) {
    if (!events.isShutdown()) {
      events.execute(() -> whom.forEach(news));
    }
  }
}
