package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Right;
import dev.amphi.server.config.Units;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.Grants;
import dev.amphi.server.token.KeyRing;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import dev.amphi.server.token.TokenVerifier;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /api/rooms/{room}/tokens}: links for others, never with more than one's own role. */
final class TokenDesk {
  private static final Duration DEFAULT_LIFE = Duration.ofHours(2);

  private final Guard guard;
  private final KeyRing keys;
  private final Links links;
  private final InstantSource clock;

  TokenDesk(Guard guard, KeyRing keys, Links links, InstantSource clock) {
    this.guard = guard;
    this.keys = keys;
    this.links = links;
    this.clock = clock;
  }

  void mount(Router router) {
    router.post("/api/rooms/:room/tokens").handler(Routes.refusing(this::mint));
  }

  private void mint(RoutingContext context) throws Refusal {
    Guard.Passed passed = guard.pass(context, Access.Verb.MINT_TOKEN);
    RoomToken bearer = passed.bearer().orElseThrow();
    RequestJson json =
        RequestJson.of(context, Set.of("name", "role", "id", "ttl", "grants", "consent"));
    String role = json.text("role").orElse("viewer");
    if (!Set.of("instructor", "moderator", "student", "viewer").contains(role)) {
      throw RequestJson.wrong("role", role, "instructor, moderator, student or viewer");
    }
    if (!Access.mayGrant(bearer, role)) {
      throw new Refusal(
          403, "not_allowed", "A " + bearer.role() + " cannot make a token for a " + role + ".");
    }
    String typed = json.text("name").orElse("");
    String name = DisplayName.clean(typed);
    if (name.isEmpty()) {
      throw RequestJson.wrong("name", typed, "a name to show, of 1 to 60 characters");
    }
    String id = json.text("id").orElse(DisplayName.id(name));
    if (!RoomToken.isParticipantId(id)) {
      throw RequestJson.wrong("id", id, "1 to 64 letters, digits, '.', '-' and '_'");
    }
    ApiKey key = keys.key(bearer.keyId()).orElseThrow();
    RoomToken claims =
        new RoomToken(key.id(), id, name, passed.roomId(), role, clock.instant().plus(life(json)))
            .granting(grants(json, bearer))
            .consenting(mayConsent(json, bearer, id));
    Answers.send(context, 201, answer(key, claims));
  }

  /** Yes by default; nobody makes a yes for oneself out of the school's no. */
  private static boolean mayConsent(RequestJson json, RoomToken bearer, String id) throws Refusal {
    boolean wanted = !json.has("consent") || json.flag("consent");
    if (!bearer.mayConsent() && bearer.subject().equals(id)) {
      if (wanted && json.has("consent")) {
        throw new Refusal(403, "not_allowed", "Your own token says that you may not consent.");
      }
      return false;
    }
    return wanted;
  }

  /** What was asked for, or else all; never more than the bearer's own. */
  private static Set<Right> grants(RequestJson json, RoomToken bearer) throws Refusal {
    Optional<List<String>> words = json.texts("grants");
    if (words.isEmpty()) {
      return bearer.grants();
    }
    Set<Right> wanted =
        Grants.of(words.get())
            .orElseThrow(
                () -> RequestJson.wrong("grants", words.get(), "a list of " + Grants.WORDS));
    if (!bearer.grants().containsAll(wanted)) {
      throw new Refusal(403, "not_allowed", "A token grants no more than the one that makes it.");
    }
    return wanted;
  }

  private static Duration life(RequestJson json) throws Refusal {
    String ttl = json.text("ttl").orElse("");
    if (ttl.isEmpty()) {
      return DEFAULT_LIFE;
    }
    return Units.duration(ttl)
        .filter(life -> life.isPositive() && life.compareTo(TokenVerifier.LONGEST_LIFE) <= 0)
        .orElseThrow(() -> RequestJson.wrong("ttl", ttl, "a time up to 7d, as 15m or 2h"));
  }

  RoomToken claims(ApiKey key, String room, String role, String name, Duration life) {
    return new RoomToken(
        key.id(), DisplayName.id(name), name, room, role, clock.instant().plus(life));
  }

  /** The token with the links that carry it. */
  JsonObject answer(ApiKey key, RoomToken claims) {
    String token = TokenSigner.sign(key, claims, clock.instant());
    JsonObject urls = links.json(claims, token);
    String url =
        claims.role().equals("viewer") ? urls.getString("watch") : urls.getString("studio");
    return new JsonObject()
        .put("token", token)
        .put("participant", claims.subject())
        .put("role", claims.role())
        .put("expires_at", claims.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString())
        .put("url", url)
        .put("links", urls);
  }
}
