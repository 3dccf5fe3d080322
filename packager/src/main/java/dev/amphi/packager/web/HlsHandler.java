package dev.amphi.packager.web;

import dev.amphi.packager.dash.MpdWriter;
import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.origin.BlockingReload;
import dev.amphi.packager.origin.ListKind;
import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.PlaylistComposer;
import dev.amphi.packager.origin.PlaylistRequest;
import dev.amphi.packager.origin.Position;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.playlist.MultivariantPlaylist;
import dev.amphi.packager.playlist.PlaylistWriter;
import dev.amphi.packager.playlist.UriSuffix;
import dev.amphi.packager.segment.Segment;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves {@code /hls/…}: playlists and media of the broadcasts of a node. */
public final class HlsHandler {
  private static final String ONE_YEAR = "31536000";
  private static final String PLAYLIST_TYPE = "application/vnd.apple.mpegurl";

  private final PackagerNode node;
  private final AudienceGate gate;
  private final PlaylistCache cache = new PlaylistCache();
  private final CaptionCache spoken = new CaptionCache();
  private final MediaAnswer media;

  private HlsHandler(PackagerNode node, AudienceGate gate) {
    this.node = node;
    this.gate = gate;
    this.media = new MediaAnswer(node);
  }

  /** Puts the routes on a router; safe to call for several routers, one handler each. */
  public static void mount(Router router, PackagerNode node, AudienceGate gate) {
    HlsHandler handler = new HlsHandler(node, gate);
    router.options("/hls/*").handler(Answers::preflight);
    reading(router, "/hls/:room/index.m3u8")
        .handler(context -> handler.multivariant(context, PlaylistComposer::multivariant));
    reading(router, "/hls/:room/manifest.mpd").handler(handler::description);
    reading(router, "/hls/:room/audio.m3u8")
        .handler(context -> handler.multivariant(context, PlaylistComposer::soundOnly));
    reading(router, "/hls/:room/:run/:rendition/" + PlaylistComposer.MEDIA_PLAYLIST)
        .handler(context -> handler.playlist(context, ListKind.MEDIA));
    reading(router, "/hls/:room/:run/:rendition/" + PlaylistComposer.PICTURE_PLAYLIST)
        .handler(context -> handler.playlist(context, ListKind.I_FRAMES));
    reading(router, "/hls/:room/:run/:rendition/:file").handler(handler::file);
    router.route("/hls/*").handler(context -> Answers.problem(context, 404, "Not found", NOWHERE));
  }

  private static final String NOWHERE = "There is nothing at this address.";

  private static Route reading(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private void multivariant(
      RoutingContext context, Function<ProgramWindow, MultivariantPlaylist> compose) {
    program(
        context,
        PLAYLIST_TYPE,
        (window, suffix) -> PlaylistWriter.write(compose.apply(window), suffix));
  }

  private void description(RoutingContext context) {
    program(
        context,
        "application/dash+xml",
        (window, suffix) -> MpdWriter.write(window, node.wallClock(), suffix.text()));
  }

  /** Answers with something about a program as a whole, once it can be played. */
  private void program(
      RoutingContext context, String type, BiFunction<ProgramWindow, UriSuffix, String> write) {
    String room = context.pathParam("room");
    Optional<LiveProgram> found = node.program(room);
    Watching watching = admit(context, room);
    if (watching == null) {
      return;
    }
    if (found.isEmpty()) {
      notOnAir(context, "The class '" + room + "' has no broadcast now: it is not live.");
      return;
    }
    LiveProgram program = found.get();
    Parking.answer(
        node,
        context,
        program.plan().targetDurationS(),
        () -> {
          ProgramWindow window = program.window();
          if (!window.playable()) {
            return over(window)
                ? notOnAir(
                    context, "The broadcast of the class '" + room + "' ended before it began.")
                : new Parking.Wait(program.stream(""), Position.whole(0));
          }
          String text = write.apply(window, watching.suffix());
          send(context, type, RenderedPlaylist.of(text), watching, "1");
          return null;
        });
  }

  private static boolean over(ProgramWindow window) {
    return window.renditions().stream().anyMatch(rendition -> rendition.window().ended());
  }

  private static Parking.@Nullable Wait notOnAir(RoutingContext context, String detail) {
    Answers.problem(context, 404, "not_live", "Not on air", detail);
    return null;
  }

  private void playlist(RoutingContext context, ListKind asked) {
    LiveProgram program = program(context);
    Watching watching = program == null ? null : admit(context, context.pathParam("room"));
    if (program == null || watching == null) {
      return;
    }
    boolean captions = context.pathParam("rendition").equals(PlaylistComposer.CAPTIONS);
    ListKind kind = captions && asked == ListKind.MEDIA ? ListKind.CAPTIONS : asked;
    PlaylistRequest request;
    try {
      PlaylistRequest directives = PlaylistRequest.parse(context::queryParam);
      request = kind == ListKind.MEDIA ? directives : directives.ofWholeSegments();
    } catch (PlaylistRequest.Malformed e) {
      Answers.problem(context, 400, "Malformed request", String.valueOf(e.getMessage()));
      return;
    }
    Parking.answer(
        node,
        context,
        program.plan().targetDurationS(),
        () -> tryPlaylist(context, program, kind, request, watching));
  }

  private Parking.@Nullable Wait tryPlaylist(
      RoutingContext context,
      LiveProgram program,
      ListKind kind,
      PlaylistRequest request,
      Watching watching) {
    ProgramWindow window = program.window();
    Rendition rendition =
        kind == ListKind.CAPTIONS
            ? window.lead()
            : window.rendition(context.pathParam("rendition"));
    if (rendition == null || (kind == ListKind.I_FRAMES && !rendition.format().video())) {
      Answers.problem(context, 404, "Not found", NOWHERE);
      return null;
    }
    return switch (BlockingReload.decide(rendition.window(), request)) {
      case BlockingReload.Await await ->
          new Parking.Wait(program.stream(rendition.id()), await.position());
      case BlockingReload.Refuse refuse -> {
        Answers.problem(context, 400, "Bad request", refuse.detail());
        yield null;
      }
      case BlockingReload.Answer answer -> {
        RenderedPlaylist text =
            cache.render(
                kind,
                program.stream(rendition.id()),
                window,
                rendition.window(),
                request.skip(),
                watching.suffix());
        int target = program.plan().targetDurationS();
        send(context, text, watching, request.blocking() ? 6 * target : target / 2);
        yield null;
      }
    };
  }

  private void file(RoutingContext context) {
    LiveProgram program = program(context);
    Watching watching = program == null ? null : admit(context, context.pathParam("room"));
    if (program == null || watching == null) {
      return;
    }
    String id = context.pathParam("rendition");
    Optional<MediaName> name = MediaName.parse(context.pathParam("file"));
    if (name.orElse(null) instanceof MediaName.Captions captions
        && id.equals(PlaylistComposer.CAPTIONS)) {
      captions(context, program, captions.msn(), watching);
      return;
    }
    Rendition rendition = program.window().rendition(id);
    if (rendition == null || name.isEmpty()) {
      Answers.problem(context, 404, "Not found", NOWHERE);
      return;
    }
    media.answer(context, program, rendition, name.get(), watching);
  }

  private void captions(RoutingContext context, LiveProgram program, long msn, Watching watching) {
    Rendition lead = program.window().lead();
    Segment segment = lead == null ? null : lead.window().segment(msn);
    if (segment == null || segment.gap()) {
      Answers.problem(context, 404, "Not found", NOWHERE);
      return;
    }
    send(
        context,
        "text/vtt; charset=utf-8",
        spoken.render(program, segment),
        watching,
        ONE_YEAR + ", immutable");
  }

  private @Nullable LiveProgram program(RoutingContext context) {
    Optional<LiveProgram> found = node.program(context.pathParam("room"), context.pathParam("run"));
    if (found.isEmpty()) {
      Answers.problem(context, 404, "Not found", NOWHERE);
    }
    return found.orElse(null);
  }

  private @Nullable Watching admit(RoutingContext context, String room) {
    try {
      return Watching.of(context, gate, room);
    } catch (Watching.Refused e) {
      if (e.status() == 401) {
        context.response().putHeader("WWW-Authenticate", "Bearer");
      }
      Answers.problem(context, e.status(), "Not admitted", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private static void send(
      RoutingContext context, RenderedPlaylist text, Watching watching, int maxAgeS) {
    send(context, PLAYLIST_TYPE, text, watching, Integer.toString(maxAgeS));
  }

  private static void send(
      RoutingContext context,
      String type,
      RenderedPlaylist text,
      Watching watching,
      String maxAge) {
    HttpServerResponse response = context.response();
    Answers.allowAnyOrigin(context);
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, watching.cacheScope() + ", max-age=" + maxAge)
        .putHeader(
            HttpHeaders.VARY,
            watching.open() ? "Accept-Encoding" : "Accept-Encoding, Authorization");
    if (Answers.takesGzip(context.request().getHeader(HttpHeaders.ACCEPT_ENCODING))) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      Answers.body(context, text.gzip());
    } else {
      Answers.body(context, text.plain());
    }
  }
}
