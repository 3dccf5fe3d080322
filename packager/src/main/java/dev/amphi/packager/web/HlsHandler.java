package dev.amphi.packager.web;

import dev.amphi.packager.dash.LowLatencyMpdWriter;
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
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Serves {@code /hls/…}: playlists and media of the broadcasts of a node. */
public final class HlsHandler {
  private static final int ONE_YEAR_S = 31_536_000;
  private static final String VTT = "text/vtt; charset=utf-8";

  /** As often as there is another one. */
  private static final int PICTURES_S = 5;

  /** What a run of a broadcast here is asked for depends on no other rule of the node's. */
  private static final int BEFORE_ALL = -3_000;

  private final PackagerNode node;
  private final Admission admission;
  private final PlaylistCache cache = new PlaylistCache();
  private final DescriptionCache described = new DescriptionCache();
  private final CaptionCache spoken = new CaptionCache();
  private final PictureCache listed = new PictureCache();
  private final Parking parking;
  private final MediaAnswer media;

  private HlsHandler(
      PackagerNode node,
      AudienceGate gate,
      Function<RoutingContext, String> client,
      ViewerMeter meter) {
    this.admission = new Admission(node, gate);
    this.parking = new Parking(node, client);
    this.node = node;
    this.media = new MediaAnswer(parking, meter);
  }

  /** The same, where requests count for the address that they come from. */
  static void mount(Router router, PackagerNode node, AudienceGate gate) {
    mount(
        router,
        node,
        gate,
        context -> context.request().remoteAddress().hostAddress(),
        ViewerMeter.NONE);
  }

  /**
   * Puts the routes on a router; safe to call for several routers, one handler each.
   *
   * @param client the address that a request counts for when it waits
   * @param meter hears what players say of themselves
   */
  public static void mount(
      Router router,
      PackagerNode node,
      AudienceGate gate,
      Function<RoutingContext, String> client,
      ViewerMeter meter) {
    HlsHandler handler = new HlsHandler(node, gate, client, meter);
    router.route("/hls/*").order(BEFORE_ALL).handler(handler::quick);
    reading(router, "/hls/time")
        .order(BEFORE_ALL)
        .handler(context -> Answers.time(context, node.wallClock()));
    router.options("/hls/*").handler(Answers::preflight);
    handler.mount(router, "/hls/~:token/:room/");
    handler.mount(router, "/hls/:room/");
    router.route("/hls/*").handler(handler::late);
    router.route("/hls/*").handler(context -> Answers.problem(context, 404, "Not found", NOWHERE));
  }

  private void mount(Router router, String room) {
    reading(router, room + "admission").handler(admission::answer);
    reading(router, room + "index.m3u8")
        .handler(context -> multivariant(context, PlaylistComposer::multivariant));
    reading(router, room + "manifest.mpd")
        .handler(context -> describe(context, "", MpdWriter::write));
    reading(router, room + "low-latency.mpd")
        .handler(context -> describe(context, "~", LowLatencyMpdWriter::write));
    reading(router, room + "thumbnails.vtt").handler(this::pictures);
    reading(router, room + "audio.m3u8")
        .handler(context -> multivariant(context, PlaylistComposer::soundOnly));
  }

  /**
   * Thousands ask for this at once: it goes past all that other requests pass through. Not so where
   * this node had to let go of the class: another one may know how it goes on.
   */
  private void quick(RoutingContext context) {
    ofRun(context, program -> !program.isSuspended());
  }

  /** Nobody else has the class either. */
  private void late(RoutingContext context) {
    ofRun(context, program -> true);
  }

  private void ofRun(RoutingContext context, Predicate<LiveProgram> fits) {
    HttpMethod method = context.request().method();
    HlsAddress address =
        method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)
            ? HlsAddress.parse(context.request().path())
            : null;
    Optional<LiveProgram> found =
        address == null
            ? Optional.empty()
            : node.program(address.room(), address.run()).filter(fits);
    if (address == null || found.isEmpty()) {
      context.next();
      return;
    }
    Watching watching = admission.admit(context, address.room(), address.token());
    if (watching == null) {
      return;
    }
    switch (address.file()) {
      case PlaylistComposer.MEDIA_PLAYLIST ->
          playlist(context, found.get(), address, ListKind.MEDIA, watching);
      case PlaylistComposer.PICTURE_PLAYLIST ->
          playlist(context, found.get(), address, ListKind.I_FRAMES, watching);
      default -> file(context, found.get(), address, watching);
    }
  }

  private static final String NOWHERE = "There is nothing at this address.";

  private static Route reading(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private void multivariant(
      RoutingContext context, Function<ProgramWindow, MultivariantPlaylist> compose) {
    program(
        context,
        TextAnswer.PLAYLIST,
        1,
        (program, suffix) ->
            RenderedPlaylist.of(PlaylistWriter.write(compose.apply(program.window()), suffix)));
  }

  private void describe(RoutingContext context, String kind, DescriptionCache.Writer writer) {
    String key = kind + context.pathParam("room");
    program(
        context,
        "application/dash+xml",
        1,
        (program, suffix) ->
            described.text(key, program.window(), node.wallClock(), suffix, writer));
  }

  private void pictures(RoutingContext context) {
    program(
        context,
        VTT,
        PICTURES_S,
        (program, suffix) -> listed.text(context.pathParam("room"), program, suffix));
  }

  /** Answers with something about a program as a whole, once it can be played. */
  private void program(
      RoutingContext context,
      String type,
      int maxAgeS,
      BiFunction<LiveProgram, UriSuffix, RenderedPlaylist> write) {
    String room = context.pathParam("room");
    Optional<LiveProgram> found = node.program(room);
    Watching watching = admission.admit(context, room);
    if (watching == null) {
      return;
    }
    if (found.isEmpty()) {
      notOnAir(context, "The class '" + room + "' has no broadcast now: it is not live.");
      return;
    }
    LiveProgram program = found.get();
    parking.answer(
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
          TextAnswer.send(
              context, type, write.apply(program, watching.suffix()), watching, maxAgeS, "");
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

  private void playlist(
      RoutingContext context,
      LiveProgram program,
      HlsAddress address,
      ListKind asked,
      Watching watching) {
    boolean captions = address.rendition().equals(PlaylistComposer.CAPTIONS);
    ListKind kind = captions && asked == ListKind.MEDIA ? ListKind.CAPTIONS : asked;
    PlaylistRequest request;
    try {
      PlaylistRequest directives =
          context.request().query() == null
              ? PlaylistRequest.PLAIN
              : PlaylistRequest.parse(context::queryParam);
      request = kind == ListKind.MEDIA ? directives : directives.ofWholeSegments();
    } catch (PlaylistRequest.Malformed e) {
      Answers.problem(context, 400, "Malformed request", String.valueOf(e.getMessage()));
      return;
    }
    parking.answer(
        context,
        program.plan().targetDurationS(),
        () -> tryPlaylist(context, program, address.rendition(), kind, request, watching));
  }

  private Parking.@Nullable Wait tryPlaylist(
      RoutingContext context,
      LiveProgram program,
      String id,
      ListKind kind,
      PlaylistRequest request,
      Watching watching) {
    ProgramWindow window = program.window();
    Rendition rendition = kind == ListKind.CAPTIONS ? window.lead() : window.rendition(id);
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
        TextAnswer.send(context, text, watching, request.blocking() ? 6 * target : target / 2);
        yield null;
      }
    };
  }

  private void file(
      RoutingContext context, LiveProgram program, HlsAddress address, Watching watching) {
    String id = address.rendition();
    Optional<MediaName> name = MediaName.parse(address.file());
    if (name.orElse(null) instanceof MediaName.Captions captions
        && id.equals(PlaylistComposer.CAPTIONS)) {
      captions(context, program, captions.msn(), watching);
      return;
    }
    if (name.orElse(null) instanceof MediaName.Picture picture && id.equals(LiveProgram.PICTURES)) {
      media.picture(context, program, picture.number(), watching);
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
    TextAnswer.send(
        context, VTT, spoken.render(program, segment), watching, ONE_YEAR_S, ", immutable");
  }
}
