package dev.amphi.server.web;

import static dev.amphi.server.web.Routes.refusing;

import dev.amphi.interactive.api.Refusal;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** {@code POST /api/rooms/{room}/cues}: what is said, for those who want to read it. */
final class CaptionRoutes {
  private static final Duration SHOWN = Duration.ofSeconds(4);
  private static final Duration REACH = Duration.ofMinutes(1);

  private final Guard guard;
  private final InstantSource clock;

  CaptionRoutes(Guard guard, InstantSource clock) {
    this.guard = guard;
    this.clock = clock;
  }

  void mount(Router router) {
    router.post("/api/rooms/:room/cues").handler(refusing(this::caption));
  }

  private void caption(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.CAPTION);
    RequestJson json = RequestJson.of(context, Set.of("text", "from", "until", "participant"));
    String text = json.text("text").orElseThrow(() -> RequestJson.wrong("text", null, "words"));
    Instant now = clock.instant();
    Instant from = json.time("from").orElse(now);
    if (Duration.between(from, now).abs().compareTo(REACH) > 0) {
      throw RequestJson.wrong("from", from, "within a minute of now, " + now);
    }
    Instant until = json.time("until").orElse(from.plus(SHOWN));
    String participant = json.text("participant").orElse("");
    Routes.done(context, passed.room().picture().caption(from, until, text, participant));
  }
}
