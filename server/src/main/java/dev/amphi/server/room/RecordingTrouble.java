package dev.amphi.server.room;

import dev.amphi.interactive.api.RecordingNotice;
import dev.amphi.packager.api.RecordingView;
import java.util.Optional;

/** What whoever runs a class has to know of its recording; pure. */
final class RecordingTrouble {
  private RecordingTrouble() {}

  static RecordingNotice of(RecordingView view) {
    // Where it is ready its list tells what happened: nothing can be done any more.
    String detail = view.state().equals("ready") ? "" : view.detail();
    String stored =
        view.kept()
            .flatMap(kept -> Optional.ofNullable(kept.stored()))
            .map(RecordingView.Stored::detail)
            .orElse("");
    boolean failed = hasFailed(view);
    return failed || !detail.isEmpty() || !stored.isEmpty()
        ? new RecordingNotice(failed, detail, stored)
        : RecordingNotice.NONE;
  }

  static boolean hasFailed(RecordingView view) {
    return view.state().equals("failed");
  }
}
