package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Takes orders for compositions of recordings, and has them made one after the other; a start goes
 * on with those that an earlier run did not end. Thread-safe.
 */
final class CompositionDesk {
  private static final System.Logger LOG = System.getLogger(CompositionDesk.class.getName());

  /** What a node dies of so often is better not begun again. */
  private static final int MOST_BEGINNINGS = 3;

  private static final String TOO_OFTEN =
      "It was begun "
          + MOST_BEGINNINGS
          + " times and the node stopped each time: ask for it again.";

  private final RecordingShelf shelf;
  private final RecordingKeys keys;
  private final TrackComposer composer;
  private final ExecutorService clerk;
  private final ExecutorService trimmer;
  private final CompositionLine line;
  private final Set<String> closed = new HashSet<>();

  /**
   * @param clerk the one thread that decides who may do what with a recording
   * @param trimmer the one thread that changes what is over
   */
  CompositionDesk(
      RecordingShelf shelf,
      RecordingKeys keys,
      TrackComposer composer,
      ExecutorService clerk,
      ExecutorService trimmer) {
    this.shelf = shelf;
    this.keys = keys;
    this.composer = composer;
    this.clerk = clerk;
    this.trimmer = trimmer;
    this.line = new CompositionLine(shelf, keys, composer, trimmer);
  }

  /** Has one made; one that is there, or on its way, stays as it is. */
  CompletionStage<RecordingView> compose(String roomId, String id, TrackComposer.Show show) {
    return RecordingThreads.on(clerk, () -> accepted(roomId, id, show))
        .thenCompose(
            known ->
                known
                    ? RecordingThreads.on(clerk, () -> shelf.view(roomId, id).orElseThrow())
                    : RecordingThreads.on(trimmer, () -> begin(roomId, id, show))
                        .whenComplete(
                            (done, failure) -> {
                              shelf.busy(roomId, id, false);
                              shelf.settleIfOver(roomId, id);
                            }));
  }

  /** On the clerk's thread; returns whether nothing is to be done. */
  private boolean accepted(String roomId, String id, TrackComposer.Show show)
      throws RecordingRefused {
    RecordingFolder folder = shelf.require(roomId, id).folder();
    RecordingView view = shelf.view(roomId, id).orElseThrow();
    if (!view.state().equals(RecordingState.READY)) {
      throw new RecordingRefused(
          RecordingRefused.Reason.NOT_OVER,
          "The recording '"
              + id
              + "' is '"
              + view.state()
              + "': only one that is 'ready' can be composed again.");
    }
    Optional<RecordingView.Composition> there = shelf.composition(roomId, id, show);
    if (there.isPresent() && !there.get().state().equals(RecordingState.FAILED)) {
      return true;
    }
    if (!Files.exists(folder.tracksList())) {
      throw new RecordingRefused(
          RecordingRefused.Reason.NOT_OVER,
          Files.exists(folder.tracksJournal())
              ? "The tracks of the recording '" + id + "' are no files yet: wait until they are."
              : "The recording '"
                  + id
                  + "' has no tracks: what is composed again is made of them.");
    }
    if (line.isFull()) {
      throw new RecordingRefused(
          RecordingRefused.Reason.UNAVAILABLE, "The node has enough to compose: try again later.");
    }
    synchronized (this) {
      if (closed.contains(key(roomId, id)) || !shelf.busy(roomId, id, true)) {
        throw RecordingShelf.beingWorkedOn(id);
      }
    }
    return false;
  }

  /** On the trimmer's thread. */
  private RecordingView begin(String roomId, String id, TrackComposer.Show show)
      throws IOException, RecordingRefused {
    RecordingFolder folder = shelf.require(roomId, id).folder();
    Recomposition making = new Recomposition(folder, keys.of(folder), composer, show);
    Optional<String> refusal = making.refusal();
    if (refusal.isPresent()) {
      throw new RecordingRefused(RecordingRefused.Reason.NOT_OVER, refusal.get());
    }
    new ClosedJournal(folder, keys.of(folder)).append(new JournalEntry.Composing(show));
    line.add(roomId, folder, show);
    return shelf.view(roomId, id).orElseThrow();
  }

  /** A recording was finished, in this run or an earlier one; off the clerk's thread. */
  void found(String roomId, RecordingFolder folder) {
    try {
      ClosedJournal own = new ClosedJournal(folder, keys.of(folder));
      Map<TrackComposer.Show, Journal.Composition> said = own.read().compositions();
      List<TrackComposer.Show> again = new ArrayList<>();
      for (TrackComposer.Show show : TrackComposer.Show.values()) {
        Journal.Composition known = said.get(show);
        boolean made = known != null && known.last() instanceof JournalEntry.Composed;
        if (!made && folder.isHere(RecordedFile.of(show).fileName())) {
          folder.remove(RecordedFile.of(show)); // It was being made, or taken away, at a kill.
        }
        if (known != null && found(roomId, folder, own, known)) {
          again.add(show);
        }
      }
      // Last: from then on it is the trimmer's thread that writes into this journal.
      again.forEach(show -> line.add(roomId, folder, show));
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "the compositions of " + folder.path(), e);
    }
  }

  /** Returns whether it is to be made again. */
  private boolean found(
      String roomId, RecordingFolder folder, ClosedJournal own, Journal.Composition known)
      throws IOException {
    JournalEntry.OfComposition last = known.last();
    if (last instanceof JournalEntry.Composing composing) {
      if (known.begun() >= MOST_BEGINNINGS) {
        last = new JournalEntry.Uncomposed(composing.show(), TOO_OFTEN);
        own.append(last);
      } else {
        own.append(composing);
        return true;
      }
    }
    if (!(last instanceof JournalEntry.Uncomposed gone) || !gone.why().isEmpty()) {
      shelf.composition(
          roomId, folder.id(), last.show(), CompositionState.of(roomId, folder.id(), last));
    }
    return false;
  }

  /** Takes one away, or ends that it is made. */
  CompletionStage<RecordingView> drop(String roomId, String id, TrackComposer.Show show) {
    return RecordingThreads.on(
            clerk,
            () -> {
              shelf.require(roomId, id);
              Optional<RecordingView.Composition> there = shelf.composition(roomId, id, show);
              if (there.isEmpty()) {
                throw new RecordingRefused(
                    RecordingRefused.Reason.UNKNOWN,
                    "The recording '" + id + "' has no composition '" + show.wireName() + "'.");
              }
              requireFree(roomId, id, there.get());
              return line.stop(roomId, id, show);
            })
        .thenCompose(left -> left)
        .thenCompose(
            left ->
                RecordingThreads.on(
                    trimmer,
                    () -> {
                      RecordingFolder folder = shelf.require(roomId, id).folder();
                      Optional<RecordingView.Composition> there =
                          shelf.composition(roomId, id, show);
                      if (there.isPresent()) {
                        requireFree(roomId, id, there.get());
                        new ClosedJournal(folder, keys.of(folder))
                            .append(new JournalEntry.Uncomposed(show, ""));
                        folder.remove(RecordedFile.of(show));
                        shelf.uncomposed(roomId, id, show);
                      }
                      return shelf.view(roomId, id).orElseThrow();
                    }))
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                beginAgain(roomId, id);
              }
              shelf.settleIfOver(roomId, id);
            });
  }

  /** A hold may have come while this waited for its turn. */
  private void requireFree(String roomId, String id, RecordingView.Composition composition)
      throws RecordingRefused {
    RecordingShelf.Kept kept = shelf.require(roomId, id);
    boolean held = kept.held() || Files.exists(kept.folder().hold());
    if (held && composition.state().equals(RecordingState.READY)) {
      throw new RecordingRefused(
          RecordingRefused.Reason.HELD,
          "The recording '"
              + id
              + "' is under a legal hold, and so are its compositions: end that first.");
    }
  }

  /** Nothing of a recording is made from now on; comes when nothing is being made any more. */
  CompletionStage<Void> close(String roomId, String id) {
    synchronized (this) {
      closed.add(key(roomId, id));
    }
    CompletableFuture<Void> left = CompletableFuture.completedFuture(null);
    for (TrackComposer.Show show : TrackComposer.Show.values()) {
      left = left.thenCombine(line.stop(roomId, id, show), (one, other) -> null);
    }
    return left;
  }

  /** The recording is erased, or stays after all: then what was stopped is begun again. */
  void reopen(String roomId, String id) {
    synchronized (this) {
      closed.remove(key(roomId, id));
    }
    beginAgain(roomId, id);
  }

  /** What was stopped, and is not taken away after all. */
  private void beginAgain(String roomId, String id) {
    synchronized (this) {
      if (closed.contains(key(roomId, id))) {
        return; // Whoever erases it opens it again if that fails.
      }
    }
    shelf
        .kept(roomId, id)
        .ifPresent(
            kept -> {
              for (TrackComposer.Show show : TrackComposer.Show.values()) {
                boolean stopped =
                    shelf
                        .composition(roomId, id, show)
                        .filter(it -> it.state().equals(RecordingState.PROCESSING))
                        .isPresent();
                if (stopped) {
                  line.add(roomId, kept.folder(), show);
                }
              }
            });
  }

  /** Ends what is being made; the next start goes on with it. */
  void shutdown(int seconds) throws InterruptedException {
    line.shutdown(seconds);
  }

  private static String key(String roomId, String id) {
    return roomId + "/" + id;
  }
}
