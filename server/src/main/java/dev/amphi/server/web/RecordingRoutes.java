package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.packager.api.Packager;
import dev.amphi.packager.api.RecordingRefused;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.recording.RecordedFile;
import dev.amphi.packager.recording.RecordedPicture;
import dev.amphi.packager.recording.TrackFile;
import dev.amphi.packager.web.RecordingDownload;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * {@code /api/rooms/{room}/recordings}: who may have them; the packager serves the files. They
 * outlive their room, and a restart.
 */
final class RecordingRoutes {
  private static final String RECORDINGS = "/api/rooms/:room/recordings";

  /** No control characters, and nothing that turns the text around them. */
  private static final Pattern TITLE =
      Pattern.compile("[^\\p{Cc}\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]{0,120}");

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
    router.patch(RECORDINGS + "/:id").handler(refusing(this::label));
    router.put(RECORDINGS + "/:id/hold").handler(refusing(this::hold));
    router.put(RECORDINGS + "/:id/trim").handler(refusing(this::trim));
    router.delete(RECORDINGS + "/:id/trim").handler(refusing(this::untrim));
    router.post(RECORDINGS + "/:id/compositions").handler(refusing(this::compose));
    router.delete(RECORDINGS + "/:id/compositions/:show").handler(refusing(this::uncompose));
    router.get(RECORDINGS + "/:id/integrity").handler(refusing(this::integrity));
    router.get(RECORDINGS + "/:id/tracks").handler(refusing(this::tracks));
    router.get(RECORDINGS + "/:id/tracks/:track").handler(refusing(this::track));
    router.head(RECORDINGS + "/:id/tracks/:track").handler(refusing(this::track));
  }

  private void list(RoutingContext context) throws Refusal {
    Guard.Visitor visitor = guard.passRecordings(context, Access.Verb.SEE_RECORDINGS);
    JsonArray all = new JsonArray();
    packager.recordings(visitor.roomId()).stream()
        .filter(view -> isFor(visitor, view))
        .forEach(view -> all.add(Answers.recording(view)));
    Answers.send(context, 200, all);
  }

  private void fileOrView(RoutingContext context) throws Refusal {
    if (context.pathParam("file").indexOf('.') >= 0) {
      file(context);
      return;
    }
    Guard.Visitor visitor = guard.passRecordings(context, Access.Verb.SEE_RECORDINGS);
    Answers.send(context, 200, Answers.recording(view(visitor, context.pathParam("file"))));
  }

  private RecordingView view(Guard.Visitor visitor, String id) throws Refusal {
    return packager.recordings(visitor.roomId()).stream()
        .filter(view -> view.id().equals(id) && isFor(visitor, view))
        .findFirst()
        .orElseThrow(() -> unknown(visitor.roomId(), id));
  }

  /** What is not published is not there for those who do not moderate. */
  private static boolean isFor(Guard.Visitor visitor, RecordingView view) {
    return view.kept().map(RecordingView.Kept::published).orElse(true)
        || visitor.may(Access.Verb.SEE_UNPUBLISHED);
  }

  private void label(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.LABEL_RECORDING);
    RequestJson json = RequestJson.of(context, Set.of("title", "published"));
    Optional<String> title = json.text("title").map(String::strip);
    if (title.isPresent() && !TITLE.matcher(title.get()).matches()) {
      throw RequestJson.wrong("title", title.get(), "one line of at most 120 characters");
    }
    Optional<Boolean> published =
        json.has("published") ? Optional.of(json.flag("published")) : Optional.empty();
    if (title.isEmpty() && published.isEmpty()) {
      throw new Refusal(422, "malformed", "Say what to change: 'title', 'published' or both.");
    }
    Routes.answer(
        context,
        200,
        said(packager.label(room, context.pathParam("id"), title, published)),
        Answers::recording);
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

  private void compose(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.COMPOSE_RECORDING);
    String word = RequestJson.of(context, Set.of("show")).text("show").orElse(null);
    TrackComposer.Show show =
        Optional.ofNullable(word)
            .flatMap(TrackComposer.Show::named)
            .orElseThrow(() -> RequestJson.wrong("show", word, "'slides' or 'teacher'"));
    Routes.answer(
        context,
        202,
        said(packager.compose(room, context.pathParam("id"), show)),
        Answers::recording);
  }

  private void uncompose(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.COMPOSE_RECORDING);
    String word = context.pathParam("show");
    TrackComposer.Show show =
        TrackComposer.Show.named(word)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "unknown_recording",
                        "A composition is called 'slides' or 'teacher', not '" + word + "'."));
    Routes.answer(
        context,
        200,
        said(packager.uncompose(room, context.pathParam("id"), show)),
        Answers::recording);
  }

  private void integrity(RoutingContext context) throws Refusal {
    String room = guard.passRoomOrNot(context, Access.Verb.VERIFY_RECORDING);
    Routes.answer(
        context, 200, said(packager.verify(room, context.pathParam("id"))), Answers::integrity);
  }

  private void tracks(RoutingContext context) throws Refusal {
    serve(context, TrackFile.LIST);
  }

  private void track(RoutingContext context) throws Refusal {
    String word = context.pathParam("track");
    serve(
        context,
        TrackFile.read(word)
            .orElseThrow(
                () ->
                    new Refusal(
                        404,
                        "unknown_recording",
                        "A track is called by its number, as '1.webm', not '"
                            + word
                            + "': see the recording's tracks.")));
  }

  /** The tracks are for whoever cuts the recording, not for all who may watch it. */
  private void serve(RoutingContext context, TrackFile file) throws Refusal {
    Guard.Visitor visitor = guard.passRecordings(context, Access.Verb.GET_TRACKS);
    String room = visitor.roomId();
    String id = context.pathParam("id");
    RecordingView recording = view(visitor, id);
    if (recording.state().equals("recording")) {
      throw noFilesYet(recording);
    }
    context
        .vertx()
        .executeBlocking(() -> download.isMakingTracks(room, id), false)
        .onSuccess(
            making -> {
              if (making) {
                Problem.of(noFilesYet(recording)).send(context);
              } else {
                download.serve(context.request(), room, id, file);
              }
            })
        .onFailure(context::fail);
  }

  private static Refusal noFilesYet(RecordingView recording) {
    return new Refusal(
        409,
        "bad_state",
        "The recording '"
            + recording.id()
            + "' is '"
            + recording.state()
            + "': its tracks are no files yet.");
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
    Guard.Visitor visitor = guard.passRecordings(context, Access.Verb.SEE_RECORDINGS);
    String room = visitor.roomId();
    String word = context.pathParam("file");
    Optional<RecordedPicture> picture = RecordedPicture.read(word);
    if (picture.isPresent()) {
      requireReady(view(visitor, picture.get().recordingId()));
      download.serve(context.request(), room, picture.get());
      return;
    }
    RecordedFile.Asked asked = RecordedFile.read(word).orElseThrow(() -> unknown(room, word));
    requireReady(view(visitor, asked.recordingId()));
    download.serve(context.request(), room, asked);
  }

  private static void requireReady(RecordingView recording) throws Refusal {
    if (!recording.state().equals("ready")) {
      throw new Refusal(
          409,
          "bad_state",
          "The recording '" + recording.id() + "' is '" + recording.state() + "', not ready.");
    }
  }
}
