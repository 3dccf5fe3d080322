package dev.amphi.packager.recording;

import dev.amphi.packager.api.Packager.RecordingListener;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.LinkHash;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Every recording below one folder, of this run and of earlier ones. Thread-safe. */
public final class RecordingArchive implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RecordingArchive.class.getName());
  private static final int CLOSE_S = 5;

  private final Path root;
  private final Clock clock;
  private final Map<String, TreeMap<String, RecordingView>> views = new HashMap<>();
  private final Map<String, RecordingFolder> folders = new HashMap<>();
  private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();
  private final ExecutorService finalizers = single("recording-finalizer");
  private final ExecutorService events = single("recording-events");

  /**
   * @param root the folder of all rooms' recordings; made when the first one starts
   */
  public RecordingArchive(Path root, Clock clock) {
    this.root = root;
    this.clock = clock;
  }

  /** Lists what earlier runs left, and finishes what they did not. */
  public void recover() {
    if (!Files.isDirectory(root)) {
      return;
    }
    for (Path room : children(root)) {
      children(room).forEach(path -> recover(new RecordingFolder(path)));
    }
  }

  /** Every recording of a room, the oldest first. */
  public synchronized List<RecordingView> recordings(String roomId) {
    TreeMap<String, RecordingView> own = views.get(roomId);
    return own == null ? List.of() : List.copyOf(own.values());
  }

  /** The MP4 of a recording that is ready; found by its known id, never by a path. */
  public synchronized Optional<Path> movie(String roomId, String id) {
    TreeMap<String, RecordingView> own = views.get(roomId);
    RecordingView view = own == null ? null : own.get(id);
    RecordingFolder folder = folders.get(key(roomId, id));
    return view == null || folder == null || !view.state().equals(RecordingState.READY)
        ? Optional.empty()
        : Optional.of(folder.movie());
  }

  /** Where the files of a recording are, for what is kept beside it. */
  public synchronized Optional<Path> folder(String roomId, String id) {
    return Optional.ofNullable(folders.get(key(roomId, id))).map(RecordingFolder::path);
  }

  public void onChanged(RecordingListener listener) {
    listeners.add(listener);
  }

  /** The recordings of one broadcast. */
  public RoomRecordings room(String roomId, long epoch) {
    return new RoomRecordings(this, root, clock, roomId, epoch);
  }

  @Override
  public void close() {
    finalizers.shutdown();
    try {
      if (!finalizers.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
        finalizers.shutdownNow(); // The next start goes on with it.
      }
    } catch (InterruptedException e) {
      finalizers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    events.shutdown();
  }

  /** Remembers a view, and tells of it when the state is another. */
  void changed(RecordingView view) {
    RecordingView before;
    synchronized (this) {
      before = views.computeIfAbsent(view.roomId(), id -> new TreeMap<>()).put(view.id(), view);
    }
    if (before == null || !before.state().equals(view.state())) {
      LOG.log(
          System.Logger.Level.INFO,
          "recording {0} of room {1}: {2} {3}",
          view.id(),
          view.roomId(),
          view.state(),
          view.detail());
      if (!events.isShutdown()) {
        events.execute(() -> listeners.forEach(listener -> listener.changed(view)));
      }
    }
  }

  /** Makes the MP4 of a recording on the finalizer's thread. */
  void finish(String roomId, RecordingFolder folder, double seconds) {
    register(roomId, folder);
    changed(RecordingState.processing(folder.id(), roomId, seconds));
    if (!finalizers.isShutdown()) {
      finalizers.execute(() -> finalizeNow(roomId, folder, seconds));
    }
  }

  synchronized void register(String roomId, RecordingFolder folder) {
    folders.put(key(roomId, folder.id()), folder);
  }

  private void finalizeNow(String roomId, RecordingFolder folder, double seconds) {
    try {
      Finalizer.Finished finished = new Finalizer(folder, done -> {}).finish();
      changed(
          switch (finished.outcome()) {
            case JournalEntry.Ready ready ->
                RecordingState.ready(folder.id(), roomId, ready, finished.remark());
            case JournalEntry.Failed failed ->
                RecordingState.failed(folder.id(), roomId, seconds, failed.detail());
          });
    } catch (IOException e) {
      changed(
          RecordingState.failed(
              folder.id(),
              roomId,
              seconds,
              "What was recorded is kept, but its MP4 could not be written ("
                  + e.getClass().getSimpleName()
                  + ": "
                  + e.getMessage()
                  + "); it is tried again at the next start."));
    }
  }

  private void recover(RecordingFolder folder) {
    try {
      if (!Files.exists(folder.journal()) || inUse(folder)) {
        return;
      }
      Journal journal = Journal.read(Files.readAllBytes(folder.journal()), LinkHash.sha256());
      Optional<JournalEntry.Opened> opened = journal.opened();
      if (opened.isEmpty()) {
        return; // It died before its first entry: nothing was recorded, and nobody was told of it.
      }
      double seconds = RecordingState.seconds(journal);
      if (!journal.finished() && journal.outcome().isEmpty()) {
        LOG.log(
            System.Logger.Level.WARNING,
            "recording {0} of room {1} was cut off after {2} s: it is finished now",
            folder.id(),
            opened.get().roomId(),
            seconds);
      }
      finish(opened.get().roomId(), folder, seconds);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot read the recording " + folder.path(), e);
    }
  }

  /** Another process still writes it. */
  private static boolean inUse(RecordingFolder folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder.journal(), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }

  private static List<Path> children(Path folder) {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, Files::isDirectory)) {
      stream.forEach(children::add);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "cannot list the recordings in " + folder, e);
    }
    children.sort(null);
    return children;
  }

  private static String key(String roomId, String id) {
    return roomId + "/" + id;
  }

  private static ExecutorService single(String name) {
    return Executors.newSingleThreadExecutor(
        task -> Thread.ofPlatform().name(name).daemon().unstarted(task));
  }
}
