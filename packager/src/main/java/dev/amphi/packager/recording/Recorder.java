package dev.amphi.packager.recording;

import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.crypt.RecordingKey;
import dev.amphi.packager.segment.Part;
import dev.amphi.packager.thumbnails.Thumbnail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one recording on a thread of its own: chunks first, and on the disk, then their journal
 * entries. What cannot be written stops the recording, never the class; a scene that cannot is
 * lost. A slow disk makes larger batches; when the queue is full, the recording has failed.
 */
final class Recorder {
  private static final int MOST_CHAPTERS = 10_000;
  private static final int MOST_CUES = 50_000;

  /** Of more than two days. */
  private static final int MOST_THUMBNAILS = 40_000;

  /** Some hours of a picture that changes five times a second. */
  private static final long MOST_SCENE_BYTES = 32L << 20;

  private static final System.Logger LOG = System.getLogger(Recorder.class.getName());
  private static final double JUDGE_S = 5;

  /** So many chunks lie between two lines that say how they are coded: one may be damaged. */
  private static final int FORMAT_EVERY = 32;

  private static final int QUEUE_PARTS = 2048;
  private static final long QUEUE_BYTES = 128L << 20;

  /** Hears how the recording goes, on the recorder's thread. */
  interface Events {
    /** The folder and the journal are there. */
    void opened(RecordingFolder folder);

    /**
     * So much of the lead track is on the disk.
     *
     * @param warning for people, "" as long as there is none
     */
    void recorded(double seconds, String warning);

    /** All is on the disk and the journal is closed. */
    void finished(RecordingFolder folder);

    /** Nothing more is recorded; says why. */
    void failed(String detail);
  }

  /** Makes the folder; called on the recorder's thread. */
  interface Claim {
    Claimed claim() throws IOException;
  }

  /**
   * A new folder.
   *
   * @param key seals what is recorded; null where it is plain
   */
  record Claimed(RecordingFolder folder, @Nullable RecordingKey key) {}

  private sealed interface Command {
    record Write(TrackRun run, Part part) implements Command {}

    record Mark(Instant at, String title) implements Command {}

    record Scene(String line) implements Command {}

    record Say(Cue cue) implements Command {}

    record Show(Thumbnail picture) implements Command {}

    record Note(JournalEntry entry) implements Command {}

    record Finish() implements Command {}
  }

  private final BlockingQueue<Command> queue = new ArrayBlockingQueue<>(QUEUE_PARTS);
  private final AtomicLong queuedBytes = new AtomicLong();
  private final Claim claim;
  private final Function<RecordingFolder, JournalEntry.Opened> opening;
  private final Events events;
  private final SceneLog scenes = new SceneLog();
  private final DiskRoom room = new DiskRoom();
  private final DiskUse disk;
  private final Map<TrackRun, Integer> written = new HashMap<>();
  private final Thread thread;
  private int chapters;
  private int cues;
  private int thumbnails;
  private long sceneBytes;
  private volatile boolean overrun;
  private volatile boolean over;
  private double seconds;
  private double judgedS;
  private String warning = "";

  Recorder(
      String name,
      Claim claim,
      Function<RecordingFolder, JournalEntry.Opened> opening,
      Events events,
      DiskUse disk) {
    this.disk = disk;
    this.claim = claim;
    this.opening = opening;
    this.events = events;
    this.thread = Thread.ofPlatform().name("recorder-" + name).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes a part; never blocks. */
  void write(TrackRun run, Part part) {
    if (over) {
      return;
    }
    long queued = queuedBytes.addAndGet(part.data().length());
    if (queued > QUEUE_BYTES || !queue.offer(new Command.Write(run, part))) {
      overrun = true;
    }
  }

  /** Keeps a chapter; never blocks. */
  void chapter(Instant at, String title) {
    if (!over && chapters++ < MOST_CHAPTERS && !queue.offer(new Command.Mark(at, title))) {
      overrun = true;
    }
  }

  /** Keeps that it pauses or goes on; never blocks. */
  void note(JournalEntry entry) {
    if (!over && !queue.offer(new Command.Note(entry))) {
      overrun = true;
    }
  }

  /** Keeps what was said; never blocks. */
  void cue(Cue cue) {
    if (!over && cues++ < MOST_CUES && !queue.offer(new Command.Say(cue))) {
      LOG.log(System.Logger.Level.WARNING, "a caption is lost: the disk is too slow");
    }
  }

  /** Keeps a small picture; never blocks. */
  void thumbnail(Thumbnail picture) {
    if (!over
        && thumbnails++ < MOST_THUMBNAILS
        && queuedBytes.get() < QUEUE_BYTES / 2
        && queue.size() < QUEUE_PARTS / 2
        && queue.offer(new Command.Show(picture))) {
      queuedBytes.addAndGet(picture.jpeg().length());
    }
  }

  /** Keeps what the picture shows from now on; never blocks. */
  void scene(String line) {
    sceneBytes += line.length();
    if (!over && sceneBytes <= MOST_SCENE_BYTES && !queue.offer(new Command.Scene(line))) {
      scenes.lose();
    }
  }

  /** Writes what was taken and closes the recording; never blocks. */
  void finish() {
    if (!queue.offer(new Command.Finish())) {
      overrun = true;
    }
  }

  /** Waits until all is on the disk. */
  void join(Duration atMost) throws InterruptedException {
    thread.join(atMost);
  }

  private void run() {
    try {
      Claimed claimed = claim.claim();
      RecordingFolder folder = claimed.folder();
      try (scenes;
          TrackFiles tracks = new TrackFiles(folder, claimed.key());
          ThumbnailFiles pictures = new ThumbnailFiles(folder, claimed.key());
          InUse use = InUse.begin(folder);
          FileChannel journal =
              FileChannel.open(
                  folder.journal(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        LOG.log(System.Logger.Level.DEBUG, "{0} is being written", use.folder().id());
        JournalChain chain = new JournalChain(RecordingKey.links(claimed.key()));
        append(journal, chain, List.of(opening.apply(folder)));
        RecordingFolder.sync(folder.path());
        events.opened(folder);
        SealedWords words = new SealedWords(folder, claimed.key());
        record(folder, tracks, pictures, journal, chain, words);
      }
      events.finished(folder);
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, "a recording stopped", e);
      giveUp(sentence(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      giveUp("The recording was interrupted while the node stopped.");
    } finally {
      disk.ended(this);
    }
  }

  private void giveUp(String detail) {
    over = true;
    queue.clear();
    events.failed(detail);
  }

  private void record(
      RecordingFolder folder,
      TrackFiles tracks,
      ThumbnailFiles pictures,
      FileChannel journal,
      JournalChain chain,
      SealedWords words)
      throws IOException, InterruptedException {
    List<Command> batch = new ArrayList<>();
    while (true) {
      batch.add(queue.take());
      queue.drainTo(batch);
      List<JournalEntry> entries = new ArrayList<>();
      boolean last = false;
      for (Command command : batch) {
        switch (command) {
          case Command.Write write -> entries.addAll(writePart(tracks, write.run(), write.part()));
          case Command.Mark mark -> entries.add(new JournalEntry.Chapter(mark.at(), mark.title()));
          case Command.Note note -> entries.add(note.entry());
          case Command.Say say -> entries.add(words.seal(say.cue()));
          case Command.Show show -> entries.add(show(pictures, show.picture()));
          case Command.Scene scene -> scenes.add(scene.line());
          case Command.Finish finish -> last = true;
        }
      }
      batch.clear();
      if (last) {
        written.keySet().forEach(run -> entries.add(run.entry()));
        entries.add(new JournalEntry.Finished());
      }
      tracks.force();
      pictures.force();
      append(journal, chain, entries);
      scenes.flush(folder);
      events.recorded(seconds, diskRoom(folder, tracks.bytes() + pictures.bytes()));
      if (last) {
        return;
      }
      if (overrun) {
        throw new IOException("the disk is too slow for the class");
      }
    }
  }

  private List<JournalEntry> writePart(TrackFiles tracks, TrackRun run, Part part)
      throws IOException {
    List<JournalEntry> entries = new ArrayList<>(2);
    if ((written.merge(run, 1, Integer::sum) - 1) % FORMAT_EVERY == 0) {
      entries.add(run.entry());
    }
    entries.add(tracks.append(run, part));
    queuedBytes.addAndGet(-part.data().length());
    if (run.track().equals(tracks.lead())) {
      seconds += (double) part.durationTicks() / run.format().timescale();
    }
    return entries;
  }

  private JournalEntry show(ThumbnailFiles pictures, Thumbnail picture) throws IOException {
    queuedBytes.addAndGet(-picture.jpeg().length());
    return pictures.append(picture);
  }

  /** What to say of the disk; looked at every few seconds. */
  private String diskRoom(RecordingFolder folder, long bytes) {
    if (seconds - judgedS >= JUDGE_S) {
      judgedS = seconds;
      long usable = folder.usableBytes();
      DiskUse.Total written = disk.report(this, bytes, seconds);
      warning = usable == 0 ? warning : room.judge(usable, written, seconds);
      if (usable > 0 && room.isNews(usable, written, seconds)) {
        LOG.log(System.Logger.Level.WARNING, "recording {0}: {1}", folder.id(), warning);
      }
    }
    return warning;
  }

  static void append(FileChannel journal, JournalChain chain, List<JournalEntry> entries)
      throws IOException {
    StringBuilder lines = new StringBuilder();
    entries.forEach(entry -> lines.append(chain.append(entry)));
    RecordingFolder.writeFully(
        journal, ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
    journal.force(false);
  }

  private static String sentence(Exception e) {
    return "The recording stopped, the class goes on: "
        + Reason.of(e)
        + ". Check the space and the rights of the data folder.";
  }
}
