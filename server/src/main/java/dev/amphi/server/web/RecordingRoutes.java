package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.recording.RecordedFile;
import dev.amphi.packager.web.RecordingDownload;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

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
    router.get(RECORDINGS + "/:file").handler(refusing(this::fileOrView));
    router.head(RECORDINGS + "/:file").handler(refusing(this::file));
    router.delete(RECORDINGS + "/:id").handler(refusing(this::erase));
    router.put(RECORDINGS + "/:id/hold").handler(refusing(this::hold));
    router.put(RECORDINGS + "/:id/trim").handler(refusing(this::trim));
    router.delete(RECORDINGS + "/:id/trim").handler(refusing(this::untrim));
    router.get(RECORDINGS + "/:id/integrity").handler(refusing(this::integrity));
  }

  private void list(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.SEE_RECORDINGS);
    JsonArray all = new JsonArray();
    packager.recordings(room).forEach(view -> all.add(Answers.recording(view)));
    Answers.send(context, 200, all);
  }

  private void fileOrView(RoutingContext context) throws Refusal {
    if (context.pathParam("file").indexOf('.') >= 0) {
      file(context);
      return;
    }
    String room = guard.passRoomOrNot(context, Access.Verb.SEE_RECORDINGS);
    String id = context.pathParam("file");
    Answers.send(context, 200, Answers.recording(view(room, id)));
  }

  private RecordingView view(String room, String id) throws Refusal {
    return packager.recordings(room).stream()
        .filter(view -> view.id().equals(id))
        .findFirst()
        .orElseThrow(() -> unknown(room, id));
  }

  private void erase(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.ERASE_RECORDING);
    Routes.done(context, said(packager.erase(room, context.pathParam("id"))));
  }

  private void hold(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.HOLD_RECORDING);
    boolean on = RequestJson.of(context, Set.of("hold")).flag("hold");
    Routes.answer(
        context, 200, said(packager.hold(room, context.pathParam("id"), on)), Answers::recording);
  }

  private void trim(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.TRIM_RECORDING);
    RequestJson json = RequestJson.of(context, Set.of("from_s", "to_s"));
    double from = json.decimal("from_s");
    double to = json.decimal("to_s");
    Routes.answer(
        context,
        200,
        said(packager.trim(room, context.pathParam("id"), from, to)),
        Answers::recording);
  }

  private void untrim(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.TRIM_RECORDING);
    Routes.answer(
        context, 200, said(packager.untrim(room, context.pathParam("id"))), Answers::recording);
  }

  private void integrity(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.VERIFY_RECORDING);
    Routes.answer(
        context, 200, said(packager.verify(room, context.pathParam("id"))), Answers::integrity);
  }

  /** What the packager refuses, in the words of the API. */
  private static <T> CompletionStage<T> said(CompletionStage<T> work) {
    return work.exceptionallyCompose(failure -> CompletableFuture.failedFuture(refusal(failure)));
  }

  private static Throwable refusal(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (!(cause instanceof RecordingRefused refused)) {
      return cause;
    }
    String sentence = String.valueOf(refused.getMessage());
    return switch (refused.reason()) {
      case UNKNOWN -> new Refusal(404, "unknown_recording", sentence);
      case HELD -> new Refusal(409, "on_hold", sentence);
      case NOT_OVER -> new Refusal(409, "bad_state", sentence);
      case WRONG -> new Refusal(422, "malformed", sentence);
      case UNAVAILABLE -> new Refusal(503, "unavailable", sentence);
    };
  }

  private static Refusal unknown(String room, String id) {
    return new Refusal(
        404,
        "unknown_recording",
        "The room '" + room + "' has no recording '" + id + "': see its recordings.");
  }

  /** Checks the token and the state before the packager's download answers. */
  private void file(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.SEE_RECORDINGS);
    String word = context.pathParam("file");
    RecordedFile.Asked asked = RecordedFile.read(word).orElseThrow(() -> unknown(room, word));
    RecordingView recording = view(room, asked.recordingId());
    if (!recording.state().equals("ready")) {
      throw new Refusal(
          409,
          "bad_state",
          "The recording '" + recording.id() + "' is '" + recording.state() + "', not ready.");
    }
    download.serve(context, room, asked);
  }
}
