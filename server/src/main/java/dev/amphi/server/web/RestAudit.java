package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.server.token.RoomToken;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the audit log what was done to a class over REST, in the words of the signalling socket's
 * commands, and who was refused what.
 */
public final class RestAudit {
  /** Takes a line; must not block. */
  public interface Log {
    /**
     * One act.
     *
     * @param actor the token's {@code sub}, "" where there is no good token
     * @param result {@code ok}, or the problem's code
     */
    void acted(String room, String actor, String role, String action, String target, String result);

    /** One more refusal than is worth a line. */
    void skipped();
  }

  private static final String BEARER = "audit.bearer";
  private static final String ROOM = "audit.room";
  private static final String CODE = "audit.code";
  private static final String OUTCOME = "audit.outcome";
  private static final String OK = "ok";
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 429);

  /** What has somebody's id behind it. */
  private static final Set<String> TARGETED =
      Set.of("participants", "removals", "recordings", "pushes");

  /** The path's last word, and what it is called over the socket when its flag is true or false. */
  private record Switch(String field, String on, String off) {}

  private static final Map<String, Switch> SWITCHES =
      Map.of(
          "live", new Switch("live", "live on", "live off"),
          "recording", new Switch("recording", "recording on", "recording off"),
          "lock", new Switch("locked", "lock", "unlock"),
          "waiting-room", new Switch("waiting_room", "waiting_room on", "waiting_room off"));

  private final Log log;
  private final AuditLimit limit;

  /** Tells {@code log}, of refusals so much as {@code limit} lets through. */
  public RestAudit(Log log, AuditLimit limit) {
    this.log = log;
    this.limit = limit;
  }

  /** Listens to every request below {@code /api/rooms}; mount it before the routes. */
  void mount(Router router) {
    router
        .route("/api/*")
        .handler(
            context -> {
              if (context.response().closed()) {
                return; // Nobody is there to be answered, and no end would be told.
              }
              if (context.normalizedPath().startsWith("/api/rooms")) {
                context.addEndHandler(ended -> told(context, ended));
              }
              context.next();
            });
  }

  /** Notes who sends a request, in the role that decides. */
  static void bearer(RoutingContext context, RoomToken token) {
    context.put(BEARER, token);
  }

  /** Notes which room a request is about, where its path does not say. */
  static void room(RoutingContext context, String roomId) {
    context.put(ROOM, roomId);
  }

  /** Notes what a request waits for: who hangs up before is told of when it is known. */
  static void outcome(RoutingContext context, Future<?> outcome) {
    context.put(OUTCOME, outcome);
  }

  /** Notes why a request was refused. */
  static void refused(RoutingContext context, String code) {
    context.put(CODE, code);
  }

  private void told(RoutingContext context, AsyncResult<Void> ended) {
    @Nullable Future<?> outcome = context.get(OUTCOME);
    @Nullable String code = context.get(CODE);
    int status = context.response().getStatusCode();
    if (ended.succeeded()) {
      told(context, status, status < 400 ? OK : code == null ? String.valueOf(status) : code);
    } else if (code != null) {
      told(context, status, code);
    } else if (outcome != null) {
      outcome.onComplete(done -> told(context, status, done.succeeded() ? OK : code(done.cause())));
    }
    // Otherwise nobody began to do it.
  }

  private static String code(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof Refusal refusal ? refusal.code() : "unavailable";
  }

  private void told(RoutingContext context, int status, String result) {
    HttpMethod method = context.request().method();
    boolean reads =
        method.equals(HttpMethod.GET)
            || method.equals(HttpMethod.HEAD)
            || method.equals(HttpMethod.OPTIONS);
    if (reads && !REFUSALS.contains(status)) {
      return;
    }
    @Nullable RoomToken bearer = context.get(BEARER);
    String bucket =
        bearer == null ? AuditLimit.STRANGERS : AuditLimit.bearer(bearer.room(), bearer.subject());
    // What a bearer was let do is told to the last word.
    if ((bearer == null || !result.equals(OK)) && limit.exceeded(bucket, System.nanoTime())) {
      log.skipped();
      return;
    }
    String[] path = context.normalizedPath().split("/", -1);
    @Nullable String made = context.get(ROOM);
    log.acted(
        made != null ? made : word(path, 3),
        bearer == null ? "" : bearer.subject(),
        bearer == null ? "" : bearer.role(),
        action(method.name(), path, context),
        TARGETED.contains(word(path, 4)) ? word(path, 5) : "",
        result);
  }

  /**
   * A word of {@code /api/rooms/{room}/{what}/{id}/{doing}}; bounded, because strangers type it.
   */
  static String word(String[] path, int index) {
    String word = index < path.length ? path[index] : "";
    return word.length() <= 64 ? word : word.substring(0, 64);
  }

  private static String action(String method, String[] path, RoutingContext context) {
    String what = word(path, 4);
    Switch flag = SWITCHES.get(what);
    if (what.equals("recording") && flag(context, "paused").orElse(false)) {
      return "recording pause";
    }
    if (flag != null) {
      return flag(context, flag.field).orElse(true) ? flag.on : flag.off;
    }
    return switch (method + " " + what) {
      case "POST " -> "make";
      case "DELETE " -> "delete";
      case "DELETE participants" -> "moderate remove";
      case "DELETE removals" -> "moderate let_in";
      case "PATCH recordings" ->
          flag(context, "published")
              .map(on -> on ? "recording publish" : "recording unpublish")
              .orElse("recording title");
      case "DELETE recordings" ->
          switch (word(path, 6)) {
            case "trim" -> "recording untrim";
            case "compositions" -> "recording uncompose " + word(path, 7);
            default -> "recording erase";
          };
      case "POST recordings" -> "recording compose " + text(context, "show").orElse("");
      case "PUT recordings" ->
          word(path, 6).equals("trim")
              ? "recording trim"
              : "recording hold " + (flag(context, "hold").orElse(true) ? "on" : "off");
      case "POST pushes" -> "push add";
      case "DELETE pushes" -> "push remove";
      case "POST participants" -> word(path, 6);
      case "POST tokens" -> "token " + text(context, "role").orElse("viewer");
      case "PUT break" -> text(context, "until").isPresent() ? "break on" : "break off";
      case "PUT layout", "POST end" -> what;
      default -> (method.toLowerCase(java.util.Locale.ROOT) + " " + what).strip();
    };
  }

  private static Optional<Boolean> flag(RoutingContext context, String field) {
    return body(context).map(json -> json.getValue(field)).map(Boolean.TRUE::equals);
  }

  private static Optional<String> text(RoutingContext context, String field) {
    return body(context)
        .map(json -> json.getValue(field))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .map(value -> value.length() <= 32 ? value : value.substring(0, 32));
  }

  private static Optional<JsonObject> body(RoutingContext context) {
    try {
      return Optional.ofNullable(context.body().asJsonObject());
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty(); // The request was refused for it.
    }
  }
}
