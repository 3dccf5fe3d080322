package dev.amphi.server.adapter;

import dev.amphi.interactive.api.Admission;
import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenRefused;
import dev.amphi.server.token.TokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Admits bearers of room tokens, and anybody as a viewer where the audience is open. */
public final class RoomAdmission implements Admission {
  private final Supplier<Classrooms> classrooms;
  private final TokenVerifier verifier;
  private final InstantSource clock;

  /**
   * @param classrooms asked at each admission, because the stage exists before the classes do
   */
  public RoomAdmission(
      Supplier<Classrooms> classrooms, TokenVerifier verifier, InstantSource clock) {
    this.classrooms = classrooms;
    this.verifier = verifier;
    this.clock = clock;
  }

  @Override
  public Grant admit(String roomId, @Nullable String token, @Nullable String name) throws Refusal {
    if (token == null || token.isEmpty()) {
      return anonymous(classrooms.get().get(roomId), roomId, name);
    }
    RoomToken bearer = verified(token);
    if (!bearer.isAdmin() && !bearer.room().equals(roomId)) {
      throw new Refusal(
          403,
          "not_allowed",
          "The token is for the room '" + bearer.room() + "': open the link of that room.");
    }
    Classroom room = classrooms.get().get(roomId);
    if (!room.state().isOpen()) {
      throw over(room);
    }
    return new Grant(
        bearer.subject(),
        bearer.name(),
        roomId,
        Role.fromWireName(bearer.role()).orElse(Role.MODERATOR),
        bearer.expiresAt(),
        bearer.grants(),
        bearer.mayConsent());
  }

  private RoomToken verified(String token) throws Refusal {
    try {
      return verifier.verify(token, clock.instant());
    } catch (TokenRefused e) {
      throw refusal(e);
    }
  }

  /** The HTTP and signalling answer for a token that is not accepted. */
  public static Refusal refusal(TokenRefused cause) {
    return new Refusal(
        401,
        cause.isExpired() ? "expired" : "unauthorized",
        cause.isExpired() ? TokenRefused.EXPIRED_SENTENCE : TokenRefused.SENTENCE);
  }

  private static Grant anonymous(Classroom room, String roomId, @Nullable String name)
      throws Refusal {
    if (!room.status().audience().equals(RoomSpec.OPEN)) {
      throw new Refusal(
          401,
          "unauthorized",
          "The room '" + roomId + "' is only for people with a link of their own: ask for one.");
    }
    if (!room.state().isOpen()) {
      throw over(room);
    }
    String shown = name == null ? "" : DisplayName.clean(name);
    return new Grant(
        "v-" + UUID.randomUUID(),
        shown.isEmpty() ? "Guest" : shown,
        roomId,
        Role.VIEWER,
        Instant.MAX);
  }

  private static Refusal over(Classroom room) {
    return new Refusal(
        409, "bad_state", "The class is '" + room.state().wireName() + "': nobody can come in.");
  }
}
