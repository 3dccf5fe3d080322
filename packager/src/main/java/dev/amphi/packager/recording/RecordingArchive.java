package dev.amphi.packager.recording;

import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.Packager.RecordingListener;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.vault.Vault;
import dev.amphi.packager.vault.VaultStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Every recording below one folder, of this run and of earlier ones. Thread-safe. */
public final class RecordingArchive implements AutoCloseable {
  private static final int CLOSE_S = 5;
  private static final int WAITING = 256;

  private final Path root;
  private final Clock clock;
  private final RecordingKeys keys;
  private final RecordingShelf shelf;
  private final @Nullable Vault vault;
  private final DiskUse disk = new DiskUse();
  private final ExecutorService clerk = RecordingThreads.single("recording-clerk", WAITING);
  private final ExecutorService trimmer = RecordingThreads.single("recording-trimmer", 16);
  private final ExecutorService verifier = RecordingThreads.single("recording-verifier", WAITING);
  private final ArchiveNews news;
  private final ArchiveFiles files;
  private final Finishing finishing;
  private final RecordingCare care;
  private final TrimDesk trims;
  private final CompositionDesk compositions;

  /**
   * @param root the folder of all rooms' recordings; made when the first one starts
   */
  public RecordingArchive(Path root, Clock clock, RecordingPolicy policy) {
    this.root = root;
    this.clock = clock;
    this.keys = policy.keys();
    this.vault = policy.vault();
    this.shelf = new RecordingShelf(new Retention(policy.retention()));
    this.news = new ArchiveNews(shelf);
    this.files = new ArchiveFiles(shelf, keys);
    this.compositions = new CompositionDesk(shelf, keys, policy.composer(), clerk, trimmer);
    this.finishing = new Finishing(shelf, news, keys, vault, compositions);
    this.care = new RecordingCare(shelf, news, clock, clerk, compositions);
    this.trims = new TrimDesk(shelf, news, keys, clerk, trimmer);
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
    finishing.execute(() -> new Recovery(root, keys, this).run(folder));
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

  /** One recording of a room. */
  public Optional<RecordingView> recording(String roomId, String id) {
    return shelf.view(roomId, id);
  }

  /** Every recording of every room. */
  public List<RecordingView> recordings() {
    return shelf.views();
  }

  /** The MP4 of a recording that is ready; found by its known id, never by a path. */
  public Optional<Path> movie(String roomId, String id) {
    return shelf.ready(roomId, id).map(RecordingFolder::movie);
  }

  /** The same to be read, decrypted where it is encrypted. Blocks on the disk. */
  public Optional<RecordedContent> open(String roomId, String id) throws IOException {
    return open(roomId, id, RecordedFile.MOVIE);
  }

  /** A file of a recording that is ready, where it has one. Blocks on the disk. */
  public Optional<RecordedContent> open(String roomId, String id, RecordedFile file)
      throws IOException {
    return files.open(roomId, id, file);
  }

  /**
   * A track of single participants, or the list of them, by its file's name; where they are not
   * files yet there is none. Blocks on the disk.
   */
  public Optional<RecordedContent> openTrack(String roomId, String id, TrackFile file)
      throws IOException {
    return files.open(roomId, id, file);
  }

  /** Whether a recording's tracks are still to become files. */
  public boolean isMakingTracks(String roomId, String id) {
    return files.isMakingTracks(roomId, id);
  }

  /** Whether a file is to be read from the second home. Blocks on the disk. */
  public boolean isAway(String roomId, String id, RecordedFile file) throws IOException {
    return files.isAway(roomId, id, file.fileName());
  }

  /** The same of a track. */
  public boolean isAway(String roomId, String id, TrackFile file) throws IOException {
    return files.isAway(roomId, id, file.fileName());
  }

  /**
   * How many bytes of MP4 a recording is downloaded as, 0 where it has none. Blocks on the disk,
   * wherever the MP4 is.
   */
  public long movieBytes(String roomId, String id) throws IOException {
    return files.movieBytes(roomId, id);
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
          RecordingFolder folder = shelf.require(roomId, id).folder();
          return new IntegrityCheck(folder, keys.of(folder)).check();
        });
  }

  /** Erases a recording; from now on nobody finds it. */
  public CompletionStage<Void> erase(String roomId, String id, String why) {
    return care.erase(roomId, id, why);
  }

  /** Goes on with an erasure that an earlier run did not end. */
  void goOnErasing(RecordingFolder folder) {
    care.goOnErasing(folder);
  }

  /** Puts a recording under a legal hold, or ends that. */
  public CompletionStage<RecordingView> hold(String roomId, String id, boolean on) {
    return care.hold(roomId, id, on);
  }

  /** Writes a title on a recording, or whether it is published. */
  public CompletionStage<RecordingView> label(
      String roomId, String id, Optional<String> title, Optional<Boolean> published) {
    return care.label(roomId, id, title, published);
  }

  /** Erases what is kept for longer than it should; to be called every now and then. */
  public void expire(long nowNanos) {
    care.expire(nowNanos);
  }

  /** Cuts a part out of a recording, beside it. */
  public CompletionStage<RecordingView> trim(String roomId, String id, double fromS, double toS) {
    return trims.trim(roomId, id, fromS, toS);
  }

  /** Erases the part that was cut out of a recording. */
  public CompletionStage<RecordingView> untrim(String roomId, String id) {
    return trims.untrim(roomId, id);
  }

  /** Composes a recording again of its tracks, beside it; the answer comes when that has begun. */
  public CompletionStage<RecordingView> compose(String roomId, String id, TrackComposer.Show show) {
    return compositions.compose(roomId, id, show);
  }

  /** Erases what was composed again, or ends that it is made. */
  public CompletionStage<RecordingView> uncompose(
      String roomId, String id, TrackComposer.Show show) {
    return compositions.drop(roomId, id, show);
  }

  /**
   * Whoever listens hears of erasures that this start went on with, though they were done before.
   */
  public void onChanged(RecordingListener listener) {
    news.listen(listener);
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
    clerk.shutdown();
    finishing.shutdown();
    try {
      compositions.shutdown(CLOSE_S);
      trimmer.shutdownNow();
      if (!finishing.awaitEnd(CLOSE_S) || !clerk.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
        finishing.stop();
      }
    } catch (InterruptedException e) {
      trimmer.shutdownNow();
      finishing.stop();
      Thread.currentThread().interrupt();
    }
    if (vault != null) {
      vault.close();
    }
    news.close(); // What the vault did last is told.
  }

  /** Remembers a view, and tells of it when the state is another. */
  void changed(RecordingView view) {
    news.changed(view);
  }

  /** Makes the MP4 of a recording that was registered. */
  void finish(String roomId, RecordingFolder folder, double seconds) {
    finishing.finish(roomId, folder, seconds);
  }

  /** Says where a recording is. */
  void register(String roomId, RecordingFolder folder, Instant at) {
    shelf.keep(roomId, folder.in(vault), at);
  }

  /** A recording is being written from now on. */
  void began(RecordingFolder folder) {
    if (vault != null) {
      vault.live(folder.path());
    }
  }
}
