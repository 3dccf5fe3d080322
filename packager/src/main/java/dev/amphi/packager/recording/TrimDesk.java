package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/** Takes orders for parts of recordings, and has them cut one after the other. Thread-safe. */
final class TrimDesk {
  private final RecordingShelf shelf;
  private final ArchiveNews news;
  private final RecordingKeys keys;
  private final ExecutorService clerk;
  private final ExecutorService trimmer;

  /**
   * @param clerk the one thread that decides who may do what with a recording
   * @param trimmer the one thread that changes what is over
   */
  TrimDesk(
      RecordingShelf shelf,
      ArchiveNews news,
      RecordingKeys keys,
      ExecutorService clerk,
      ExecutorService trimmer) {
    this.shelf = shelf;
    this.news = news;
    this.keys = keys;
    this.clerk = clerk;
    this.trimmer = trimmer;
  }

  /** Cuts a part out of a recording, beside it. */
  CompletionStage<RecordingView> trim(String roomId, String id, double fromS, double toS) {
    return cutting(
        roomId,
        id,
        view -> requirePart(view, fromS, toS),
        cut -> Optional.of(cut.make(Math.round(fromS * 1000), Math.round(toS * 1000))));
  }

  /** Erases the part that was cut out of a recording. */
  CompletionStage<RecordingView> untrim(String roomId, String id) {
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
              RecordingFolder folder = shelf.require(roomId, id).folder();
              check.check(requireCuttable(roomId, id));
              if (!shelf.busy(roomId, id, true)) {
                throw RecordingShelf.beingWorkedOn(id);
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
                          news.changed(
                              part.map(made -> RecordingState.trimmed(whole, made)).orElse(whole));
                          return shelf.view(roomId, id).orElseThrow();
                        })
                    .whenComplete(
                        (done, failure) -> {
                          shelf.busy(roomId, id, false);
                          shelf.settleIfOver(roomId, id);
                        }));
  }

  private RecordingView requireCuttable(String roomId, String id) throws RecordingRefused {
    RecordingView view = shelf.view(roomId, id).orElseThrow();
    if (!view.state().equals(RecordingState.READY)) {
      throw new RecordingRefused(
          RecordingRefused.Reason.NOT_OVER,
          "The recording '"
              + id
              + "' is '"
              + view.state()
              + "': only one that is 'ready' can be trimmed.");
    }
    if (view.part().isPresent() && shelf.require(roomId, id).held()) {
      throw new RecordingRefused(
          RecordingRefused.Reason.HELD,
          "The recording '" + id + "' is under a legal hold, and so is its part: end that first.");
    }
    return view;
  }

  private static void requirePart(RecordingView view, double fromS, double toS)
      throws RecordingRefused {
    if (!(fromS >= 0 && fromS < toS && toS <= view.durationS() + 0.001)) {
      throw new RecordingRefused(
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
}
