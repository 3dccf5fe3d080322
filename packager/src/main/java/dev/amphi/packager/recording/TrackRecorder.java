package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackSink;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.webm.TrackCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the tracks of single participants beside a recording, on a thread of its own and in a
 * journal of their own: clusters first, and on the disk, then their entries. What cannot be written
 * ends the tracks, never the recording.
 */
final class TrackRecorder implements TrackSink {
  private static final System.Logger LOG = System.getLogger(TrackRecorder.class.getName());

  /** So many clusters of a coding lie between two lines that say it: one may be damaged. */
  private static final int TELL_EVERY = 32;

  /** A class has some dozens; more is somebody who comes and goes without end. */
  static final int MOST_TRACKS = 500;

  private static final int QUEUE_FRAMES = 8192;
  private static final long QUEUE_BYTES = 128L << 20;

  private sealed interface Command {
    record Frame(Source source, Bytes payload, Instant at, boolean key) implements Command {}

    record Cut(String sourceId) implements Command {}

    record CutAll() implements Command {}

    record Finish() implements Command {}
  }

  private final BlockingQueue<Command> queue = new ArrayBlockingQueue<>(QUEUE_FRAMES);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final RecordingFolder folder;
  private final @Nullable RecordingKey key;
  private final JournalEntry.Opened opening;
  private final DiskUse disk;
  private final SealedNames names;
  private final Map<String, OpenTrack> tracks = new LinkedHashMap<>();
  private final List<JournalEntry> entries = new ArrayList<>();
  private final long sinceNanos = System.nanoTime();
  private final Thread thread;
  private volatile boolean paused;
  private volatile boolean overrun;
  private volatile boolean over;
  private volatile boolean failed;

  /** A source on its way to the disk. */
  private final class OpenTrack implements ClusterCutter.Output {
    final TrackFiles files;
    final JournalEntry.Source said;
    final ClusterCutter cutter;
    final Map<Integer, Integer> written = new HashMap<>();
    @Nullable IOException failure;

    OpenTrack(TrackFiles files, JournalEntry.Source said, TrackCodec codec) {
      this.files = files;
      this.said = said;
      this.cutter = new ClusterCutter(codec, this);
    }

    @Override
    public void cluster(ClusterCutter.Coded coded, Bytes cluster, long timeMs, long durationMs) {
      if ((written.merge(coded.index(), 1, Integer::sum) - 1) % TELL_EVERY == 0) {
        entries.add(said);
        entries.add(
            new JournalEntry.Coding(
                said.track(),
                coded.index(),
                coded.coding().width(),
                coded.coding().height(),
                coded.coding().codecPrivate(),
                coded.startsAt()));
      }
      try {
        entries.add(files.append(said.track(), coded.index(), timeMs, durationMs, cluster));
      } catch (IOException e) {
        failure = e;
      }
    }
  }

  /**
   * @param key seals what is kept; null where the recording is plain
   */
  TrackRecorder(
      RecordingFolder folder,
      @Nullable RecordingKey key,
      JournalEntry.Opened opening,
      DiskUse disk) {
    this.folder = folder;
    this.key = key;
    this.opening = opening;
    this.disk = disk;
    this.names = new SealedNames(folder, key);
    this.thread = Thread.ofPlatform().name("tracks-" + opening.roomId()).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void frame(Source source, ByteBuffer payload, Instant at, boolean keyFrame) {
    if (over || paused) {
      return;
    }
    Bytes copy = Bytes.copyOf(payload);
    long queued = queuedBytes.addAndGet(copy.length());
    if (queued > QUEUE_BYTES || !queue.offer(new Command.Frame(source, copy, at, keyFrame))) {
      overrun = true;
    }
  }

  @Override
  public void cut(String sourceId) {
    say(new Command.Cut(sourceId));
  }

  /** Keeps nothing more, or goes on with each source's next key frame; never blocks. */
  void paused(boolean on) {
    paused = on;
    say(new Command.CutAll());
  }

  /** Writes what was taken and closes the journal; never blocks. */
  void finish() {
    say(new Command.Finish());
  }

  @Override
  public boolean isOver() {
    return failed;
  }

  private void say(Command command) {
    if (!over && !queue.offer(command)) {
      overrun = true;
    }
  }

  /** Waits until all is on the disk; who takes longer writes nothing any more. */
  void join(Duration atMost) {
    try {
      if (!thread.join(atMost)) {
        over = true;
      }
    } catch (InterruptedException e) {
      over = true;
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try (TrackFiles files = new TrackFiles(folder, RecordingFolder::clustersName, key);
        FileChannel journal =
            FileChannel.open(
                folder.tracksJournal(),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE,
                StandardOpenOption.APPEND)) {
      JournalChain chain = new JournalChain(RecordingKey.links(key));
      Recorder.append(journal, chain, List.of(opening));
      RecordingFolder.sync(folder.path());
      record(files, journal, chain);
    } catch (IOException | RuntimeException e) {
      failed = true;
      LOG.log(
          System.Logger.Level.ERROR,
          "the tracks of recording " + folder.id() + " stopped, the recording goes on",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      over = true;
      queue.clear();
      disk.ended(this);
    }
  }

  private void record(TrackFiles files, FileChannel journal, JournalChain chain)
      throws IOException, InterruptedException {
    List<Command> batch = new ArrayList<>();
    boolean last = false;
    while (!last) {
      batch.add(queue.take());
      queue.drainTo(batch);
      for (Command command : batch) {
        last |= command instanceof Command.Finish;
        carryOut(command, files);
      }
      batch.clear();
      for (OpenTrack track : tracks.values()) {
        IOException failure = track.failure;
        if (failure != null) {
          throw failure;
        }
      }
      if (last) {
        tellRefused();
        entries.add(new JournalEntry.Finished());
      }
      if (!entries.isEmpty()) {
        requireInTime();
        files.force();
        requireInTime();
        Recorder.append(journal, chain, entries);
        entries.clear();
        disk.report(this, files.bytes(), (System.nanoTime() - sinceNanos) / 1e9);
      }
      if (overrun && !last) {
        throw new IOException("the disk is too slow for the tracks");
      }
    }
  }

  /** Whoever waited has gone on, and writes to the journal now. */
  private void requireInTime() throws IOException {
    if (over) {
      throw new IOException("the disk took too long");
    }
  }

  private void tellRefused() {
    for (OpenTrack track : tracks.values()) {
      if (track.cutter.refused() > 0) {
        LOG.log(
            System.Logger.Level.WARNING,
            "recording {0}, track {1}: {2} frames are not in it, for how they are coded",
            folder.id(),
            track.said.track(),
            track.cutter.refused());
      }
    }
  }

  private void carryOut(Command command, TrackFiles files) {
    switch (command) {
      case Command.Frame frame -> {
        queuedBytes.addAndGet(-frame.payload().length());
        OpenTrack track = track(frame.source(), files);
        if (track != null) {
          track.cutter.frame(frame.payload(), frame.at(), frame.key());
        }
      }
      case Command.Cut cut -> {
        OpenTrack track = tracks.get(cut.sourceId());
        if (track != null) {
          track.cutter.cut();
        }
      }
      case Command.CutAll all -> tracks.values().forEach(track -> track.cutter.cut());
      case Command.Finish finish -> tracks.values().forEach(track -> track.cutter.cut());
    }
  }

  private @Nullable OpenTrack track(Source source, TrackFiles files) {
    OpenTrack known = tracks.get(source.id());
    if (known != null || tracks.size() >= MOST_TRACKS) {
      return known;
    }
    String number = String.valueOf(tracks.size() + 1);
    JournalEntry.Source said =
        new JournalEntry.Source(
            number,
            source.participantId(),
            names.seal(number, source.name()),
            source.kind(),
            source.codec(),
            source.role());
    OpenTrack opened = new OpenTrack(files, said, TrackCodec.named(source.codec()));
    tracks.put(source.id(), opened);
    return opened;
  }
}
