package dev.amphi.packager.node;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.api.Integrity;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.origin.PendingRequests;
import dev.amphi.packager.recording.RecordedContent;
import dev.amphi.packager.recording.RecordedFile;
import dev.amphi.packager.recording.RecordedPicture;
import dev.amphi.packager.recording.RecordingArchive;
import dev.amphi.packager.recording.RecordingPolicy;
import dev.amphi.packager.recording.TrackFile;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.store.Spool;
import dev.amphi.packager.vault.VaultStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** The broadcasts and recordings of one node. Thread-safe. */
public final class PackagerNode implements Packager {
  private static final System.Logger LOG = System.getLogger(PackagerNode.class.getName());
  private static final int POLL_NANOS = 100_000_000;
  private static final long EXPIRE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final RecordingArchive archive;
  private final Spool spool;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final PackagerLimits limits;
  private final SegmentPlan plan = SegmentPlan.standard();
  private final PendingRequests<Waiter> pending;
  private final Map<String, Long> epochs = new ConcurrentHashMap<>();
  private final Map<String, LiveProgram> current = new ConcurrentHashMap<>();
  private final Map<String, LiveProgram> runs = new ConcurrentHashMap<>();
  private final Map<String, RoomBroadcast> broadcasts = new ConcurrentHashMap<>();
  private final Thread housekeeping =
      Thread.ofPlatform().name("packager-clock").daemon().unstarted(this::keepTime);
  private volatile boolean closed;
  private long lastRun;

  private PackagerNode(
      Path dataDir,
      Clock clock,
      LongSupplier nanoTime,
      PackagerLimits limits,
      RecordingPolicy policy) {
    this.archive = new RecordingArchive(dataDir.resolve("recordings"), clock, policy);
    this.spool = new Spool(dataDir.resolve("spool"), limits.spoolBytesPerRoom());
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.limits = limits;
    this.pending = new PendingRequests<>(limits.parkedPerClient(), limits.parked());
  }

  /**
   * A node that keeps its recordings below a folder.
   *
   * @param clock wall clock, for names and people
   */
  public static PackagerNode create(Path dataDir, Clock clock) {
    return create(dataDir, clock, RecordingPolicy.PLAIN);
  }

  /** As {@link #create(Path, Clock)}, with recordings kept in a way of one's own. */
  public static PackagerNode create(Path dataDir, Clock clock, RecordingPolicy policy) {
    return create(dataDir, clock, System::nanoTime, PackagerLimits.standard(), policy);
  }

  /** As {@link #create(Path, Clock)}, with a monotonic clock and limits of one's own. */
  public static PackagerNode create(
      Path dataDir, Clock clock, LongSupplier nanoTime, PackagerLimits limits) {
    return create(dataDir, clock, nanoTime, limits, RecordingPolicy.PLAIN);
  }

  private static PackagerNode create(
      Path dataDir,
      Clock clock,
      LongSupplier nanoTime,
      PackagerLimits limits,
      RecordingPolicy policy) {
    PackagerNode node = new PackagerNode(dataDir, clock, nanoTime, limits, policy);
    node.housekeeping.start();
    node.archive.recover();
    return node;
  }

  @Override
  public synchronized Broadcast open(String roomId, long epoch) {
    long highest = epochs.getOrDefault(roomId, Long.MIN_VALUE);
    if (epoch < highest) {
      throw new IllegalStateException(
          "room " + roomId + " is at epoch " + highest + ": epoch " + epoch + " may not write");
    }
    epochs.put(roomId, epoch);
    RoomBroadcast previous = broadcasts.get(roomId);
    if (previous != null) {
      previous.close();
    }
    LiveProgram program =
        new LiveProgram(
            roomId, nextRun(epoch), plan, spool.open(roomId), pending, limits.heapBytesPerRoom());
    RoomBroadcast broadcast = new RoomBroadcast(program, archive.room(roomId, epoch), nanoTime);
    runs.put(runKey(roomId, program.window().run()), program);
    current.put(roomId, program);
    broadcasts.put(roomId, broadcast);
    return broadcast;
  }

  /** The newest broadcast of a room, also shortly after its end. */
  public Optional<LiveProgram> program(String roomId) {
    return Optional.ofNullable(current.get(roomId));
  }

  /** One broadcast of a room. */
  public Optional<LiveProgram> program(String roomId, String run) {
    return Optional.ofNullable(runs.get(runKey(roomId, run)));
  }

  /** The MP4 of a recording that is ready. */
  public Optional<Path> movie(String roomId, String recordingId) {
    return archive.movie(roomId, recordingId);
  }

  /** A file of a recording that is ready, where it has one. Blocks on the disk. */
  public Optional<RecordedContent> openFile(String roomId, String recordingId, RecordedFile file)
      throws IOException {
    return archive.open(roomId, recordingId, file);
  }

  /** One small picture of a recording that is ready. Blocks on the disk. */
  public Optional<Bytes> picture(String roomId, RecordedPicture asked) throws IOException {
    Optional<RecordedContent> all = openFile(roomId, asked.recordingId(), RecordedFile.PICTURES);
    if (all.isEmpty()) {
      return Optional.empty();
    }
    try (RecordedContent content = all.get()) {
      return content.picture(asked);
    }
  }

  /** Whether such a file is read from the second home. Blocks on the disk. */
  public boolean isAway(String roomId, String recordingId, RecordedFile file) throws IOException {
    return archive.isAway(roomId, recordingId, file);
  }

  /** The same of a track. Blocks on the disk. */
  public boolean isAway(String roomId, String recordingId, TrackFile file) throws IOException {
    return archive.isAway(roomId, recordingId, file);
  }

  /** How many bytes of MP4 there are to download, 0 where there are none. Blocks on the disk. */
  public long movieBytes(String roomId, String recordingId) throws IOException {
    return archive.movieBytes(roomId, recordingId);
  }

  /** A track of single participants, or the list of them. Blocks on the disk. */
  public Optional<RecordedContent> openTrack(String roomId, String recordingId, TrackFile file)
      throws IOException {
    return archive.openTrack(roomId, recordingId, file);
  }

  /** Whether a recording's tracks are still to become files. */
  public boolean isMakingTracks(String roomId, String recordingId) {
    return archive.isMakingTracks(roomId, recordingId);
  }

  /** The same to be read, decrypted where it is encrypted. Blocks on the disk. */
  public Optional<RecordedContent> openMovie(String roomId, String recordingId) throws IOException {
    return archive.open(roomId, recordingId);
  }

  /** The folder of a recording, for what is kept beside it and goes with it. */
  public Optional<Path> recordingFolder(String roomId, String recordingId) {
    return archive.folder(roomId, recordingId);
  }

  /** How it goes with the recordings' second home, where there is one. */
  public Optional<VaultStatus> vaultStatus() {
    return archive.vaultStatus();
  }

  /** Who waits for what. */
  public PendingRequests<Waiter> pending() {
    return pending;
  }

  /** Monotonic now. */
  public long nowNanos() {
    return nanoTime.getAsLong();
  }

  /** Wall clock, for people and for players whose own is wrong. */
  public Instant wallClock() {
    return clock.instant();
  }

  @Override
  public List<RecordingView> recordings(String roomId) {
    return archive.recordings(roomId);
  }

  @Override
  public Optional<RecordingView> recording(String roomId, String recordingId) {
    return archive.recording(roomId, recordingId);
  }

  @Override
  public List<RecordingView> recordings() {
    return archive.recordings();
  }

  @Override
  public CompletionStage<RecordingView> label(
      String roomId, String recordingId, Optional<String> title, Optional<Boolean> published) {
    return archive.label(roomId, recordingId, title, published);
  }

  @Override
  public CompletionStage<Void> erase(String roomId, String recordingId) {
    return archive.erase(roomId, recordingId, "as asked");
  }

  @Override
  public CompletionStage<RecordingView> hold(String roomId, String recordingId, boolean on) {
    return archive.hold(roomId, recordingId, on);
  }

  @Override
  public CompletionStage<RecordingView> trim(
      String roomId, String recordingId, double fromS, double toS) {
    return archive.trim(roomId, recordingId, fromS, toS);
  }

  @Override
  public CompletionStage<RecordingView> untrim(String roomId, String recordingId) {
    return archive.untrim(roomId, recordingId);
  }

  @Override
  public CompletionStage<RecordingView> compose(
      String roomId, String recordingId, TrackComposer.Show show) {
    return archive.compose(roomId, recordingId, show);
  }

  @Override
  public CompletionStage<RecordingView> uncompose(
      String roomId, String recordingId, TrackComposer.Show show) {
    return archive.uncompose(roomId, recordingId, show);
  }

  @Override
  public CompletionStage<Integrity> verify(String roomId, String recordingId) {
    return archive.verify(roomId, recordingId);
  }

  @Override
  public void onRecordingChanged(RecordingListener listener) {
    archive.onChanged(listener);
  }

  @Override
  public void close() {
    List.copyOf(broadcasts.values()).forEach(RoomBroadcast::close);
    List.copyOf(broadcasts.values()).forEach(RoomBroadcast::awaitWritten);
    archive.close();
    runs.values().forEach(program -> program.store().close());
    spool.close();
    closed = true;
    LockSupport.unpark(housekeeping);
  }

  private void keepTime() {
    long expiry = nanoTime.getAsLong();
    while (!closed) {
      LockSupport.parkNanos(POLL_NANOS);
      long now = nanoTime.getAsLong();
      pending.expired(now).forEach(waiter -> guarded("a waiting request", waiter::expired));
      broadcasts.forEach((room, program) -> guarded("room=" + room, () -> program.tick(now)));
      runs.forEach((run, program) -> guarded("run=" + run, () -> forgetEnded(program, now)));
      if (now - expiry >= EXPIRE_NANOS) {
        expiry = now;
        guarded("retention", () -> archive.expire(now));
      }
    }
  }

  /** What fails in one room is told, and time goes on for the others. */
  private static void guarded(String whose, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, whose + ": its time was not kept", e);
    }
  }

  /** A broadcast can be watched to its end for a while; then its media is gone. */
  private void forgetEnded(LiveProgram program, long now) {
    OptionalLong ended = program.endedNanos();
    if (ended.isEmpty() || now - ended.getAsLong() < TimeUnit.SECONDS.toNanos(limits.lingerS())) {
      return;
    }
    current.remove(program.roomId(), program);
    runs.remove(runKey(program.roomId(), program.window().run()));
    program.store().close();
  }

  /** Never the same twice, not even after a restart: media URLs are cached for a year. */
  private String nextRun(long epoch) {
    lastRun = Math.max(lastRun + 1, clock.millis());
    return epoch + "-" + Long.toString(lastRun, Character.MAX_RADIX);
  }

  private static String runKey(String roomId, String run) {
    return roomId + "/" + run;
  }
}
