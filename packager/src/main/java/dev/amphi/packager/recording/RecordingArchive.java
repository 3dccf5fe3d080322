package dev.amphi.packager.recording;

import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.Packager.RecordingListener;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.crypt.SealedFile;
import dev.amphi.packager.vault.Vault;
import dev.amphi.packager.vault.VaultStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every recording below one folder, of this run and of earlier ones. Thread-safe. */
public final class RecordingArchive implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RecordingArchive.class.getName());
  private static final int CLOSE_S = 5;
  private static final int WAITING = 256;

  private final Path root;
  private final Clock clock;
  private final RecordingKeys keys;
  private final RecordingShelf shelf;
  private final @Nullable Vault vault;
  private final DiskUse disk = new DiskUse();
  private final List<RecordingListener> listeners = new CopyOnWriteArrayList<>();
  private final List<Erased> resumed = new ArrayList<>();
  private final ExecutorService finalizers =
      RecordingThreads.single("recording-finalizer", Integer.MAX_VALUE);
  private final ExecutorService events =
      RecordingThreads.single("recording-events", Integer.MAX_VALUE);
  private final ExecutorService clerk = RecordingThreads.single("recording-clerk", WAITING);
  private final ExecutorService trimmer = RecordingThreads.single("recording-trimmer", 16);
  private final ExecutorService verifier = RecordingThreads.single("recording-verifier", WAITING);

  /** A recording that is no more. */
  private record Erased(String roomId, String id) {}

  /**
   * @param root the folder of all rooms' recordings; made when the first one starts
   */
  public RecordingArchive(Path root, Clock clock, RecordingPolicy policy) {
    this.root = root;
    this.clock = clock;
    this.keys = policy.keys();
    this.vault = policy.vault();
    this.shelf = new RecordingShelf(new Retention(policy.retention()));
  }

  /** Lists what earlier runs left, and finishes what they did not. */
  public void recover() {
    new Recovery(root, keys, this).run();
    if (vault != null) {
      vault.start(root, this::restored);
    }
  }

  /** A recording was found in the second home that this disk did not have. */
  private void restored(Path folder) {
    if (!finalizers.isShutdown()) {
      finalizers.execute(() -> new Recovery(root, keys, this).run(folder));
    }
  }

  /** How it goes with the second home, where there is one. */
  public Optional<VaultStatus> vaultStatus() {
    return Optional.ofNullable(vault).map(Vault::status);
  }

  /** The second home of the recordings, where there is one. */
  @Nullable Vault vault() {
    return vault;
  }

  /** Every recording of a room, the oldest first. */
  public List<RecordingView> recordings(String roomId) {
    return shelf.views(roomId);
  }

  /** Every recording of every room. */
  public List<RecordingView> recordings() {
    return shelf.views();
  }

  /** The MP4 of a recording that is ready; found by its known id, never by a path. */
  public Optional<Path> movie(String roomId, String id) {
    return ready(roomId, id).map(RecordingFolder::movie);
  }

  /** The same to be read, decrypted where it is encrypted. Blocks on the disk. */
  public Optional<RecordedContent> open(String roomId, String id) throws IOException {
    return open(roomId, id, RecordedFile.MOVIE);
  }

  /** A file of a recording that is ready, where it has one. Blocks on the disk. */
  public Optional<RecordedContent> open(String roomId, String id, RecordedFile file)
      throws IOException {
    Optional<RecordingFolder> folder =
        ready(roomId, id).filter(found -> isOffered(roomId, id, file));
    return folder.isEmpty() || !folder.get().has(file)
        ? Optional.empty()
        : Optional.of(RecordedContent.open(folder.get(), file, keys.of(folder.get())));
  }

  /** A part that was taken away may be in the second home still. */
  private boolean isOffered(String roomId, String id, RecordedFile file) {
    return !file.isOfPart() || shelf.view(roomId, id).flatMap(RecordingView::part).isPresent();
  }

  /**
   * A track of single participants, or the list of them, by its file's name; where they are not
   * files yet there is none. Blocks on the disk.
   */
  public Optional<RecordedContent> openTrack(String roomId, String id, TrackFile file)
      throws IOException {
    Optional<RecordingFolder> folder =
        shelf.kept(roomId, id).map(RecordingShelf.Kept::folder).filter(this::hasTracks);
    return folder.isEmpty() || !folder.get().has(file.fileName())
        ? Optional.empty()
        : Optional.of(RecordedContent.open(folder.get(), file.fileName(), keys.of(folder.get())));
  }

  /** Whether a recording's tracks are still to become files. */
  public boolean isMakingTracks(String roomId, String id) {
    return shelf
        .kept(roomId, id)
        .map(RecordingShelf.Kept::folder)
        .filter(folder -> Files.exists(folder.tracksJournal()) && !hasTracks(folder))
        .isPresent();
  }

  private boolean hasTracks(RecordingFolder folder) {
    return Files.exists(folder.tracksList());
  }

  /** Whether a file is to be read from the second home. Blocks on the disk. */
  public boolean isAway(String roomId, String id, RecordedFile file) throws IOException {
    return isAway(roomId, id, file.fileName());
  }

  /** The same of a track. */
  public boolean isAway(String roomId, String id, TrackFile file) throws IOException {
    return isAway(roomId, id, file.fileName());
  }

  private boolean isAway(String roomId, String id, String fileName) throws IOException {
    Optional<RecordingShelf.Kept> kept = shelf.kept(roomId, id);
    return kept.isPresent() && kept.get().folder().isAway(fileName);
  }

  /**
   * How many bytes of MP4 a recording is downloaded as, 0 where it has none. Blocks on the disk,
   * wherever the MP4 is.
   */
  public long movieBytes(String roomId, String id) throws IOException {
    Optional<RecordingFolder> folder = ready(roomId, id);
    if (folder.isEmpty()) {
      return 0;
    }
    long stored = folder.get().storedBytes(RecordedFile.MOVIE);
    return Files.exists(folder.get().key()) ? SealedFile.plainBytes(stored) : stored;
  }

  private Optional<RecordingFolder> ready(String roomId, String id) {
    return shelf
        .view(roomId, id)
        .filter(view -> view.state().equals(RecordingState.READY))
        .flatMap(view -> shelf.kept(roomId, id))
        .map(RecordingShelf.Kept::folder);
  }

  /** Where the files of a recording are, for what is kept beside it. */
  public Optional<Path> folder(String roomId, String id) {
    return shelf.kept(roomId, id).map(kept -> kept.folder().path());
  }

  /** Reads all of a recording to see whether it is what was recorded. */
  public CompletionStage<Integrity> verify(String roomId, String id) {
    return RecordingThreads.on(
        verifier,
        () -> {
          RecordingFolder folder = require(roomId, id).folder();
          return new IntegrityCheck(folder, keys.of(folder)).check();
        });
  }

  /** Erases a recording; from now on nobody finds it. */
  public CompletionStage<Void> erase(String roomId, String id, String why) {
    return RecordingThreads.on(
            clerk,
            () -> {
              RecordingFolder folder = require(roomId, id).folder();
              eraseHere(roomId, id, why);
              return folder;
            })
        .thenCompose(folder -> eraseElsewhere(roomId, folder));
  }

  /** In the second home; it goes on there by itself where that does not answer. */
  CompletionStage<Void> eraseElsewhere(String roomId, RecordingFolder folder) {
    return Erasure.elsewhere(folder, () -> tell(it -> it.erased(roomId, folder.id())))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    refused(
                        RecordingRefused.Reason.UNAVAILABLE,
                        "The recording is out of the list and erased on this node, but not yet in"
                            + " the object store: that goes on by itself.")));
  }

  /** The same of one whose erasure an earlier run did not end. */
  void goOnErasing(RecordingFolder folder) {
    Erased one = new Erased(folder.roomId(), folder.id());
    var unused =
        Erasure.elsewhere(
            folder,
            () -> {
              synchronized (resumed) {
                resumed.add(one);
                tell(List.copyOf(listeners), it -> it.erased(one.roomId(), one.id()));
              }
            });
  }

  private void eraseHere(String roomId, String id, String why)
      throws RecordingRefused, IOException {
    RecordingFolder folder = require(roomId, id).folder();
    RecordingView view = requireErasable(roomId, id);
    Erasure.mark(folder);
    shelf.forget(roomId, id);
    try {
      Erasure.here(folder);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "recording " + id + " is not wholly erased", e);
      throw refused(
          RecordingRefused.Reason.UNAVAILABLE,
          "The recording is out of the list, but not all of its files could be erased ("
              + Reason.of(e)
              + "): the next start goes on with it.");
    }
    LOG.log(
        System.Logger.Level.INFO, "recording {0} of room {1}: erased, {2}", id, view.roomId(), why);
  }

  /** Puts a recording under a legal hold, or ends that. */
  public CompletionStage<RecordingView> hold(String roomId, String id, boolean on) {
    return RecordingThreads.on(
        clerk,
        () -> {
          RecordingFolder folder = require(roomId, id).folder();
          if (on) {
            shelf.held(roomId, id, true); // Whatever the disk says: nothing is erased meanwhile.
          }
          folder.hold(on);
          shelf.held(roomId, id, on);
          settleIfOver(roomId, id);
          LOG.log(
              System.Logger.Level.INFO,
              "recording {0} of room {1}: legal hold {2}",
              id,
              roomId,
              on ? "begins" : "ends");
          return shelf.view(roomId, id).orElseThrow();
        });
  }

  /** Something of a recording changed that its second home should have. */
  void settleIfOver(String roomId, String id) {
    shelf
        .view(roomId, id)
        .filter(RecordingState::isOver)
        .flatMap(view -> shelf.kept(roomId, id))
        .ifPresent(kept -> kept.folder().settle());
  }

  /** Writes a title on a recording, or whether it is published. */
  public CompletionStage<RecordingView> label(
      String roomId, String id, Optional<String> title, Optional<Boolean> published) {
    return RecordingThreads.on(
        clerk,
        () -> {
          RecordingShelf.Kept kept = require(roomId, id);
          RecordingLabel label =
              new RecordingLabel(
                  title.orElse(kept.label().title()), published.orElse(kept.label().published()));
          if (!label.published()) {
            shelf.labelled(roomId, id, label); // Whatever the disk says: nobody sees it meanwhile.
          }
          label.write(kept.folder());
          shelf.labelled(roomId, id, label);
          settleIfOver(roomId, id);
          return shelf.view(roomId, id).orElseThrow();
        });
  }

  /** Cuts a part out of a recording, beside it. */
  public CompletionStage<RecordingView> trim(String roomId, String id, double fromS, double toS) {
    return cutting(
        roomId,
        id,
        view -> requirePart(view, fromS, toS),
        cut -> Optional.of(cut.make(Math.round(fromS * 1000), Math.round(toS * 1000))));
  }

  /** Erases the part that was cut out of a recording. */
  public CompletionStage<RecordingView> untrim(String roomId, String id) {
    return cutting(
        roomId,
        id,
        view -> {},
        cut -> {
          cut.drop();
          return Optional.empty();
        });
  }

  private interface Check {
    void check(RecordingView view) throws RecordingRefused;
  }

  private interface Cut {
    Optional<JournalEntry.Trimmed> cut(Trimming trimming) throws IOException, RecordingRefused;
  }

  /** The clerk sees to it that it is not erased meanwhile; the work is done elsewhere. */
  private CompletionStage<RecordingView> cutting(String roomId, String id, Check check, Cut cut) {
    return RecordingThreads.on(
            clerk,
            () -> {
              RecordingFolder folder = require(roomId, id).folder();
              check.check(requireCuttable(roomId, id));
              if (!shelf.busy(roomId, id, true)) {
                throw refused(
                    RecordingRefused.Reason.NOT_OVER,
                    "The recording '" + id + "' is being worked on: wait until that is done.");
              }
              return folder;
            })
        .thenCompose(
            folder ->
                RecordingThreads.on(
                        trimmer,
                        () -> {
                          Optional<JournalEntry.Trimmed> part =
                              cut.cut(new Trimming(folder, keys.of(folder)));
                          RecordingView whole = shelf.view(roomId, id).orElseThrow().trimmed(null);
                          changed(
                              part.map(made -> RecordingState.trimmed(whole, made)).orElse(whole));
                          return shelf.view(roomId, id).orElseThrow();
                        })
                    .whenComplete(
                        (done, failure) -> {
                          shelf.busy(roomId, id, false);
                          settleIfOver(roomId, id);
                        }));
  }

  private RecordingView requireCuttable(String roomId, String id) throws RecordingRefused {
    RecordingView view = shelf.view(roomId, id).orElseThrow();
    if (!view.state().equals(RecordingState.READY)) {
      throw refused(
          RecordingRefused.Reason.NOT_OVER,
          "The recording '"
              + id
              + "' is '"
              + view.state()
              + "': only one that is 'ready' can be trimmed.");
    }
    if (view.part().isPresent() && require(roomId, id).held()) {
      throw refused(
          RecordingRefused.Reason.HELD,
          "The recording '" + id + "' is under a legal hold, and so is its part: end that first.");
    }
    return view;
  }

  private static void requirePart(RecordingView view, double fromS, double toS)
      throws RecordingRefused {
    if (!(fromS >= 0 && fromS < toS && toS <= view.durationS() + 0.001)) {
      throw refused(
          RecordingRefused.Reason.WRONG,
          String.format(
              Locale.ROOT,
              "'from_s' is %.3f and 'to_s' is %.3f, but the part must begin before it ends, within"
                  + " the %.3f s of the recording.",
              fromS,
              toS,
              view.durationS()));
    }
  }

  /** Erases what is kept for longer than it should; to be called every now and then. */
  public void expire(long nowNanos) {
    for (RecordingView view : shelf.views()) {
      if (RecordingState.isOver(view) && shelf.isDue(view, clock.instant(), nowNanos)) {
        erase(view.roomId(), view.id(), "its time is over")
            .exceptionally(
                failure -> {
                  LOG.log(System.Logger.Level.WARNING, "retention: " + failure.getMessage());
                  return null;
                });
      }
    }
  }

  /**
   * Whoever listens hears of erasures that this start went on with, though they were done before.
   */
  public void onChanged(RecordingListener listener) {
    synchronized (resumed) {
      listeners.add(listener);
      resumed.forEach(one -> tell(List.of(listener), it -> it.erased(one.roomId(), one.id())));
    }
  }

  /** What all recordings write together. */
  DiskUse disk() {
    return disk;
  }

  /** The recordings of one broadcast. */
  public RoomRecordings room(String roomId, long epoch) {
    return new RoomRecordings(this, root, clock, keys, roomId, epoch);
  }

  @Override
  public void close() {
    verifier.shutdownNow();
    trimmer.shutdownNow();
    clerk.shutdown();
    finalizers.shutdown();
    try {
      if (!finalizers.awaitTermination(CLOSE_S, TimeUnit.SECONDS)
          || !clerk.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
        finalizers.shutdownNow(); // The next start goes on with it.
      }
    } catch (InterruptedException e) {
      finalizers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    if (vault != null) {
      vault.close();
    }
    events.shutdown(); // What the vault did last is told.
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
      tell(listener -> listener.changed(view));
    }
  }

  private void tell(Consumer<RecordingListener> news) {
    tell(listeners, news);
  }

  private void tell(List<RecordingListener> whom, Consumer<RecordingListener> news) {
    if (!events.isShutdown()) {
      events.execute(() -> whom.forEach(news));
    }
  }

  /** Makes the MP4 of a recording that was registered, on the finalizer's thread. */
  void finish(String roomId, RecordingFolder folder, double seconds) {
    changed(RecordingState.processing(folder.id(), roomId, seconds));
    if (!finalizers.isShutdown()) {
      finalizers.execute(() -> finalizeNow(roomId, folder, seconds));
    }
  }

  /** Says where a recording is. */
  void register(String roomId, RecordingFolder folder, java.time.Instant at) {
    shelf.keep(roomId, folder.in(vault), at);
  }

  /** A recording is being written from now on. */
  void began(RecordingFolder folder) {
    if (vault != null) {
      vault.live(folder.path());
    }
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
      RecordingView view =
          switch (finished.outcome()) {
            case JournalEntry.Ready ready ->
                RecordingState.ready(folder.id(), roomId, ready, finished);
            case JournalEntry.Failed failed ->
                RecordingState.failed(folder.id(), roomId, seconds, failed.detail());
          };
      if (finished.before()) {
        shelf.say(view);
        tell(listener -> listener.found(view));
      } else {
        changed(view);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "no MP4 of the recording " + folder.path(), e);
      changed(
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

  private RecordingShelf.Kept require(String roomId, String id) throws RecordingRefused {
    Optional<RecordingShelf.Kept> kept = shelf.kept(roomId, id);
    if (kept.isEmpty()) {
      throw refused(
          RecordingRefused.Reason.UNKNOWN,
          "The room '" + roomId + "' has no recording '" + id + "': see its recordings.");
    }
    return kept.get();
  }

  private RecordingView requireErasable(String roomId, String id) throws RecordingRefused {
    RecordingView view = shelf.view(roomId, id).orElseThrow();
    RecordingShelf.Kept kept = require(roomId, id);
    if (kept.held() || Files.exists(kept.folder().hold())) {
      throw refused(
          RecordingRefused.Reason.HELD,
          "The recording '" + id + "' is under a legal hold: end that first.");
    }
    if (shelf.isBusy(roomId, id)) {
      throw refused(
          RecordingRefused.Reason.NOT_OVER,
          "The recording '" + id + "' is being worked on: wait until that is done.");
    }
    if (!RecordingState.isOver(view)) {
      throw refused(
          RecordingRefused.Reason.NOT_OVER,
          "The recording '" + id + "' is '" + view.state() + "': wait until it is over.");
    }
    return view;
  }

  private static RecordingRefused refused(RecordingRefused.Reason reason, String sentence) {
    return new RecordingRefused(reason, sentence);
  }
}
