package dev.amphi.server.node;

import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import java.util.Optional;

/**
 * Gives each new recording the title of its class, which may be gone when somebody looks for it.
 */
final class RecordingTitles implements Packager.RecordingListener {
  private static final System.Logger LOG = System.getLogger(RecordingTitles.class.getName());

  private final Packager packager;
  private final Classrooms rooms;

  RecordingTitles(Packager packager, Classrooms rooms) {
    this.packager = packager;
    this.rooms = rooms;
  }

  @Override
  public void changed(RecordingView view) {
    if (view.state().equals("recording") && isUntitled(view)) {
      rooms.find(view.roomId()).map(Classroom::status).ifPresent(room -> title(view, room.title()));
    }
  }

  private boolean isUntitled(RecordingView view) {
    return packager.recordings(view.roomId()).stream()
        .filter(one -> one.id().equals(view.id()))
        .anyMatch(one -> one.kept().map(kept -> kept.title().isEmpty()).orElse(false));
  }

  private void title(RecordingView view, String title) {
    packager
        .label(view.roomId(), view.id(), Optional.of(title), Optional.empty())
        .exceptionally(
            failure -> {
              LOG.log(
                  System.Logger.Level.WARNING,
                  "recording {0} of room {1} has no title: {2}",
                  view.id(),
                  view.roomId(),
                  failure.getMessage());
              return view;
            });
  }
}
