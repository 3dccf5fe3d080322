package dev.amphi.packager.web;

import dev.amphi.packager.node.LiveProgram;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.origin.ListKind;
import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.PlaylistComposer;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.Segment;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;
import java.util.function.Predicate;

/** Serves {@code /hls/…}: playlists and media of the broadcasts of a node. */
public final class HlsHandler {
  private static final int ONE_YEAR_S = 31_536_000;
  private static final TextAnswer CAPTIONS =
      new TextAnswer("text/vtt; charset=utf-8", ONE_YEAR_S, ", immutable");

  private final PackagerNode node;
  private final Admission admission;
  private final Overviews overviews;
  private final ListAnswer lists;
  private final MediaAnswer media;
  private final CaptionCache spoken = new CaptionCache();

  private HlsHandler(
      PackagerNode node,
      AudienceGate gate,
      Function<HttpServerRequest, String> client,
      ViewerMeter meter) {
    Parking parking = new Parking(node, client);
    this.admission = new Admission(node, gate);
    this.node = node;
    this.overviews = new Overviews(node, admission, parking);
    this.lists = new ListAnswer(parking);
    this.media = new MediaAnswer(parking, meter);
  }

  /** The same, where requests count for the address that they come from. */
  static Handler<HttpServerRequest> mount(Router router, PackagerNode node, AudienceGate gate) {
    return mount(
        router, node, gate, request -> request.remoteAddress().hostAddress(), ViewerMeter.NONE);
  }

  /**
   * Puts the routes on a router; safe to call for several routers, one handler each.
   *
   * @param client the address that a request counts for when it waits
   * @param meter hears what players say of themselves
   * @return what a server is to give its requests to, in place of the router: thousands ask for
   *     playlists and media at once, and go past all that other requests pass through
   */
  public static Handler<HttpServerRequest> mount(
      Router router,
      PackagerNode node,
      AudienceGate gate,
      Function<HttpServerRequest, String> client,
      ViewerMeter meter) {
    HlsHandler handler = new HlsHandler(node, gate, client, meter);
    router.options("/hls/*").handler(context -> Answers.preflight(context.request()));
    handler.mount(router, "/hls/~:token/:room/");
    handler.mount(router, "/hls/:room/");
    router.route("/hls/*").handler(handler::late);
    return request -> {
      if (!handler.quick(request)) {
        router.handle(request);
      }
    };
  }

  private void mount(Router router, String room) {
    reading(router, room + "admission")
        .handler(
            context -> {
              Overviews.Asked asked = asked(context);
              admission.answer(asked.request(), asked.room(), asked.token());
            });
    reading(router, room + "index.m3u8").handler(context -> overviews.variants(asked(context)));
    reading(router, room + "audio.m3u8").handler(context -> overviews.soundOnly(asked(context)));
    reading(router, room + "manifest.mpd").handler(context -> overviews.manifest(asked(context)));
    reading(router, room + "low-latency.mpd")
        .handler(context -> overviews.lowLatencyManifest(asked(context)));
    reading(router, room + "thumbnails.vtt").handler(context -> overviews.pictures(asked(context)));
  }

  private static Route reading(Router router, String path) {
    return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
  }

  private static Overviews.Asked asked(RoutingContext context) {
    String token = context.pathParam("token");
    return new Overviews.Asked(
        context.request(), context.pathParam("room"), token == null ? "" : token);
  }

  /**
   * Answers what needs no rule of the node's: the time, and what belongs to a run of a broadcast.
   * Not so where this node had to let go of the class: another one may know how it goes on.
   */
  private boolean quick(HttpServerRequest request) {
    if (request.version() == HttpVersion.HTTP_1_1 && request.authority() == null) {
      return false; // Has to be refused (RFC 9112 §3.2), as the router does.
    }
    try {
      if ("/hls/time".equals(request.path()) && reads(request)) {
        Answers.time(request, node.wallClock());
        return true;
      }
      return ofRun(request, program -> !program.isSuspended());
    } catch (RuntimeException | Error e) {
      Answers.failed(request, e);
      return true;
    }
  }

  /** Nobody else has the class either. */
  private void late(RoutingContext context) {
    if (!ofRun(context.request(), program -> true)) {
      Answers.nowhere(context.request());
    }
  }

  private static boolean reads(HttpServerRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }

  /** Answers what a run of a broadcast here is asked for; false when it is none of that. */
  private boolean ofRun(HttpServerRequest request, Predicate<LiveProgram> fits) {
    HlsAddress address = reads(request) ? HlsAddress.parse(request.path()) : null;
    LiveProgram program =
        address == null
            ? null
            : node.program(address.room(), address.run()).filter(fits).orElse(null);
    if (address == null || program == null) {
      return false;
    }
    Watching watching = admission.admit(request, address.room(), address.token());
    if (watching != null) {
      answer(request, program, address, watching);
    }
    return true;
  }

  private void answer(
      HttpServerRequest request, LiveProgram program, HlsAddress address, Watching watching) {
    String id = address.rendition();
    switch (address.file()) {
      case PlaylistComposer.MEDIA_PLAYLIST ->
          lists.answer(
              request,
              program,
              id,
              id.equals(PlaylistComposer.CAPTIONS) ? ListKind.CAPTIONS : ListKind.MEDIA,
              watching);
      case PlaylistComposer.PICTURE_PLAYLIST ->
          lists.answer(request, program, id, ListKind.I_FRAMES, watching);
      default -> file(request, program, address, watching);
    }
  }

  private void file(
      HttpServerRequest request, LiveProgram program, HlsAddress address, Watching watching) {
    String id = address.rendition();
    MediaName name = MediaName.parse(address.file()).orElse(null);
    if (name instanceof MediaName.Captions captions && id.equals(PlaylistComposer.CAPTIONS)) {
      captions(request, program, captions.msn(), watching);
      return;
    }
    if (name instanceof MediaName.Picture picture && id.equals(LiveProgram.PICTURES)) {
      media.picture(request, program, picture.number(), watching);
      return;
    }
    Rendition rendition = program.window().rendition(id);
    if (rendition == null || name == null) {
      Answers.nowhere(request);
      return;
    }
    media.answer(request, program, rendition, name, watching);
  }

  private void captions(
      HttpServerRequest request, LiveProgram program, long msn, Watching watching) {
    Rendition lead = program.window().lead();
    Segment segment = lead == null ? null : lead.window().segment(msn);
    if (segment == null || segment.gap()) {
      Answers.nowhere(request);
      return;
    }
    CAPTIONS.send(request, spoken.render(program, segment), watching);
  }
}
