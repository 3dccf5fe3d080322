package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.Stop;
import dev.amphi.packager.api.TrackComposer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The compositions that wait and the one that is made; a node makes one at a time. Thread-safe. */
final class CompositionLine {
  private static final System.Logger LOG = System.getLogger(CompositionLine.class.getName());
  private static final int MOST_WAITING = 16;
  private static final long TURN_MS = 500;

  private final RecordingShelf shelf;
  private final RecordingKeys keys;
  private final TrackComposer composer;
  private final ExecutorService trimmer;
  private final ExecutorService maker =
      RecordingThreads.single("recording-composer", Integer.MAX_VALUE);
  private final Map<String, Job> jobs = new HashMap<>();
  private boolean over;

  /**
   * One composition that waits or is made.
   *
   * @param taken whether it waits no more
   * @param left when nobody works at it any more
   */
  private record Job(
      String roomId,
      RecordingFolder folder,
      TrackComposer.Show show,
      Stop stop,
      AtomicBoolean taken,
      CompletableFuture<Void> left) {}

  /**
   * @param trimmer the one thread that changes what is over
   */
  CompositionLine(
      RecordingShelf shelf, RecordingKeys keys, TrackComposer composer, ExecutorService trimmer) {
    this.shelf = shelf;
    this.keys = keys;
    this.composer = composer;
    this.trimmer = trimmer;
  }

  /** Whether it takes nothing more for now. */
  synchronized boolean isFull() {
    return over || jobs.size() >= MOST_WAITING;
  }

  /** Has one made that the journal says is asked for; one that waits already waits on. */
  synchronized void add(String roomId, RecordingFolder folder, TrackComposer.Show show) {
    Job job =
        new Job(roomId, folder, show, new Stop(), new AtomicBoolean(), new CompletableFuture<>());
    if (!over && jobs.putIfAbsent(name(roomId, folder.id(), show), job) == null) {
      shelf.composition(roomId, folder.id(), show, CompositionState.processing(show));
      maker.execute(() -> run(job));
    }
  }

  private void run(Job job) {
    if (job.taken().getAndSet(true)) {
      return;
    }
    try {
      if (!job.stop().isAsked()) {
        make(job);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      fail(job, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      left(job);
    }
  }

  private void left(Job job) {
    synchronized (this) {
      jobs.values().remove(job);
    }
    job.left().complete(null);
  }

  private void make(Job job) throws IOException, InterruptedException {
    String id = job.folder().id();
    String title =
        shelf
            .view(job.roomId(), id)
            .flatMap(RecordingView::kept)
            .map(RecordingView.Kept::title)
            .filter(text -> !text.isEmpty())
            .orElse(job.roomId());
    LOG.log(System.Logger.Level.INFO, "recording {0}: composes its {1}", id, job.show().wireName());
    Recomposition making =
        new Recomposition(job.folder(), keys.of(job.folder()), composer, job.show());
    Recomposition.Made made = making.make(job.roomId(), title, job.stop());
    try (ComposedMovie movie = made.movie()) {
      onTrimmer(
          job,
          () -> {
            if (!job.stop().isAsked()) {
              movie.publish();
              say(job, made.entry());
            }
            return true;
          });
    }
  }

  private void fail(Job job, Throwable failure) {
    if (job.stop().isAsked()) {
      return; // Whoever asked knows what becomes of it.
    }
    String id = job.folder().id();
    LOG.log(
        System.Logger.Level.WARNING,
        "recording " + id + ": its " + job.show().wireName() + " could not be composed",
        failure);
    JournalEntry.Uncomposed entry =
        new JournalEntry.Uncomposed(
            job.show(), "It could not be composed (" + Reason.of(failure) + "): ask for it again.");
    try {
      onTrimmer(
          job,
          () -> {
            say(job, entry);
            return true;
          });
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, "and its journal cannot be written", e);
      shelf.composition(job.roomId(), id, job.show(), CompositionState.of(job.roomId(), id, entry));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(Job job, JournalEntry.OfComposition entry) throws IOException {
    String id = job.folder().id();
    new ClosedJournal(job.folder(), keys.of(job.folder())).append(entry);
    shelf.composition(job.roomId(), id, job.show(), CompositionState.of(job.roomId(), id, entry));
    shelf.settleIfOver(job.roomId(), id);
  }

  /** What took so long to make waits for its turn, however much else is to be done there. */
  private void onTrimmer(Job job, Callable<Boolean> work) throws IOException, InterruptedException {
    while (true) {
      try {
        trimmer.submit(work).get();
        return;
      } catch (RejectedExecutionException e) {
        if (trimmer.isShutdown() || job.stop().isAsked()) {
          throw new IOException("the node stops", e);
        }
        Thread.sleep(TURN_MS);
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        throw new IOException(String.valueOf((cause == null ? e : cause).getMessage()), e);
      }
    }
  }

  /** Ends one, if it waits or is made; comes when nobody works at it any more. */
  CompletionStage<Void> stop(String roomId, String id, TrackComposer.Show show) {
    Job job;
    synchronized (this) {
      job = jobs.get(name(roomId, id, show));
    }
    if (job == null) {
      return CompletableFuture.completedStage(null);
    }
    job.stop().ask();
    if (!job.taken().getAndSet(true)) {
      left(job);
    }
    return job.left();
  }

  /** Ends what is being made; the next start goes on with it. */
  void shutdown(int seconds) throws InterruptedException {
    List<Job> all;
    synchronized (this) {
      over = true;
      all = List.copyOf(jobs.values());
    }
    all.forEach(job -> job.stop().ask());
    maker.shutdown(); // Those that wait end at once: each is asked to stop before it begins.
    if (!maker.awaitTermination(seconds, TimeUnit.SECONDS)) {
      maker.shutdownNow();
    }
  }

  private static String name(String roomId, String id, TrackComposer.Show show) {
    return roomId + "/" + id + "/" + show;
  }
}
