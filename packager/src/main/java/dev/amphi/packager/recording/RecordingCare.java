package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Erases recordings, holds them and writes on them, one after the other. Thread-safe. */
final class RecordingCare {
  private static final System.Logger LOG = System.getLogger(RecordingCare.class.getName());

  private final RecordingShelf shelf;
  private final ArchiveNews news;
  private final InstantSource clock;
  private final ExecutorService clerk;
  private final CompositionDesk compositions;

  /**
   * @param clerk the one thread that decides who may do what with a recording
   * @param compositions what is made of one is stopped before it is erased
   */
  RecordingCare(
      RecordingShelf shelf,
      ArchiveNews news,
      InstantSource clock,
      ExecutorService clerk,
      CompositionDesk compositions) {
    this.shelf = shelf;
    this.news = news;
    this.clock = clock;
    this.clerk = clerk;
    this.compositions = compositions;
  }

  /** Erases a recording; from now on nobody finds it. */
  CompletionStage<Void> erase(String roomId, String id, String why) {
    return RecordingThreads.on(
            clerk,
            () -> {
              shelf.require(roomId, id);
              requireErasable(roomId, id);
              return compositions.close(roomId, id);
            })
        .thenCompose(left -> left)
        .thenCompose(left -> RecordingThreads.on(clerk, () -> eraseHere(roomId, id, why)))
        .whenComplete((folder, failure) -> compositions.reopen(roomId, id))
        .thenCompose(folder -> eraseElsewhere(roomId, folder));
  }

  /** In the second home; it goes on there by itself where that does not answer. */
  private CompletionStage<Void> eraseElsewhere(String roomId, RecordingFolder folder) {
    return Erasure.elsewhere(folder, () -> news.erased(roomId, folder.id()))
        .exceptionallyCompose(
            failure ->
                CompletableFuture.failedStage(
                    new RecordingRefused(
                        RecordingRefused.Reason.UNAVAILABLE,
                        "The recording is out of the list and erased on this node, but not yet in"
                            + " the object store: that goes on by itself.")));
  }

  /** The same of one whose erasure an earlier run did not end. */
  void goOnErasing(RecordingFolder folder) {
    String roomId = folder.roomId();
    String id = folder.id();
    var unused = Erasure.elsewhere(folder, () -> news.erasedAtLast(roomId, id));
  }

  private RecordingFolder eraseHere(String roomId, String id, String why)
      throws RecordingRefused, IOException {
    RecordingFolder folder = shelf.require(roomId, id).folder();
    RecordingView view = requireErasable(roomId, id);
    Erasure.mark(folder);
    shelf.forget(roomId, id);
    try {
      Erasure.here(folder);
    } catch (IOException e) {
      LOG.log(System.Logger.Level.ERROR, "recording " + id + " is not wholly erased", e);
      throw new RecordingRefused(
          RecordingRefused.Reason.UNAVAILABLE,
          "The recording is out of the list, but not all of its files could be erased ("
              + Reason.of(e)
              + "): the next start goes on with it.");
    }
    LOG.log(
        System.Logger.Level.INFO, "recording {0} of room {1}: erased, {2}", id, view.roomId(), why);
    return folder;
  }

  /** Puts a recording under a legal hold, or ends that. */
  CompletionStage<RecordingView> hold(String roomId, String id, boolean on) {
    return RecordingThreads.on(
        clerk,
        () -> {
          RecordingFolder folder = shelf.require(roomId, id).folder();
          if (on) {
            shelf.held(roomId, id, true); // Whatever the disk says: nothing is erased meanwhile.
          }
          folder.hold(on);
          shelf.held(roomId, id, on);
          shelf.settleIfOver(roomId, id);
          LOG.log(
              System.Logger.Level.INFO,
              "recording {0} of room {1}: legal hold {2}",
              id,
              roomId,
              on ? "begins" : "ends");
          return shelf.view(roomId, id).orElseThrow();
        });
  }

  /** Writes a title on a recording, or whether it is published. */
  CompletionStage<RecordingView> label(
      String roomId, String id, Optional<String> title, Optional<Boolean> published) {
    return RecordingThreads.on(
        clerk,
        () -> {
          RecordingShelf.Kept kept = shelf.require(roomId, id);
          RecordingLabel label =
              new RecordingLabel(
                  title.orElse(kept.label().title()), published.orElse(kept.label().published()));
          if (!label.published()) {
            shelf.labelled(roomId, id, label); // Whatever the disk says: nobody sees it meanwhile.
          }
          label.write(kept.folder());
          shelf.labelled(roomId, id, label);
          shelf.settleIfOver(roomId, id);
          return shelf.view(roomId, id).orElseThrow();
        });
  }

  /** Erases what is kept for longer than it should; to be called every now and then. */
  void expire(long nowNanos) {
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

  private RecordingView requireErasable(String roomId, String id) throws RecordingRefused {
    RecordingView view = shelf.view(roomId, id).orElseThrow();
    RecordingShelf.Kept kept = shelf.require(roomId, id);
    if (kept.held() || Files.exists(kept.folder().hold())) {
      throw new RecordingRefused(
          RecordingRefused.Reason.HELD,
          "The recording '" + id + "' is under a legal hold: end that first.");
    }
    if (shelf.isBusy(roomId, id)) {
      throw RecordingShelf.beingWorkedOn(id);
    }
    if (!RecordingState.isOver(view)) {
      throw new RecordingRefused(
          RecordingRefused.Reason.NOT_OVER,
          "The recording '" + id + "' is '" + view.state() + "': wait until it is over.");
    }
    return view;
  }
}
