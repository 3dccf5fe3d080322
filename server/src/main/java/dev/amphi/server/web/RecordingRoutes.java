package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.web.RecordingDownload;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code /api/rooms/{room}/recordings}: who may have them; the packager serves the files. They
 * outlive their room, and a restart.
 */
final class RecordingRoutes {
  private static final String RECORDINGS = "/api/rooms/:room/recordings";

  private final Guard guard;
  private final Packager packager;
  private final RecordingDownload download;

  RecordingRoutes(Guard guard, Packager packager, RecordingDownload download) {
    this.guard = guard;
    this.packager = packager;
    this.download = download;
  }

  void mount(Router router) {
    router.get(RECORDINGS).handler(refusing(this::list));
    router.get(RECORDINGS + "/:file").handler(refusing(this::file));
    router.head(RECORDINGS + "/:file").handler(refusing(this::file));
  }

  private void list(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.SEE_RECORDINGS);
    JsonArray all = new JsonArray();
    packager.recordings(room).forEach(view -> all.add(Answers.recording(view)));
    Answers.send(context, 200, all);
  }

  /** Checks the token and the state before the packager's download answers. */
  private void file(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.SEE_RECORDINGS);
    String file = context.pathParam("file");
    for (RecordingView recording : packager.recordings(room)) {
      if (file.equals(recording.id() + ".mp4")) {
        if (!recording.state().equals("ready")) {
          throw new Refusal(
              409,
              "bad_state",
              "The recording '" + recording.id() + "' is '" + recording.state() + "', not ready.");
        }
        download.serve(context, room, recording.id());
        return;
      }
    }
    throw new Refusal(
        404,
        "unknown_recording",
        "The room '" + room + "' has no recording '" + file + "': see its recordings.");
  }
}
