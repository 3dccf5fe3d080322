package dev.amphi.server.adapter;

import dev.amphi.packager.web.AudienceGate;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenRefused;
import dev.amphi.server.token.TokenVerifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets in whoever may watch a class. */
public final class RoomAudience implements AudienceGate {
  private final Supplier<Classrooms> classrooms;
  private final Predicate<String> broadcast;
  private final TokenVerifier verifier;
  private final InstantSource clock;
  private final byte[] edgeKey;

  /**
   * @param broadcast whether anything of a room can be watched here, also after the room is gone
   * @param edgeKey of the caching proxies that admit viewers themselves; empty: there are none
   */
  public RoomAudience(
      Supplier<Classrooms> classrooms,
      Predicate<String> broadcast,
      TokenVerifier verifier,
      InstantSource clock,
      String edgeKey) {
    this.classrooms = classrooms;
    this.broadcast = broadcast;
    this.verifier = verifier;
    this.clock = clock;
    this.edgeKey = edgeKey.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public boolean isEdge(String key) {
    return edgeKey.length > 0
        && MessageDigest.isEqual(edgeKey, key.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public boolean mayWatch(String roomId, String tokenOrEmpty) {
    Optional<Classroom> room = classrooms.get().find(roomId);
    if (room.isEmpty() && !broadcast.test(roomId)) {
      return true; // There is nothing to keep back, and 'not found' says more than 'not allowed'.
    }
    boolean open = room.map(found -> found.audience().equals(RoomSpec.OPEN)).orElse(false);
    return open || (!tokenOrEmpty.isEmpty() && opens(roomId, tokenOrEmpty));
  }

  private boolean opens(String roomId, String token) {
    try {
      RoomToken bearer = verifier.verify(token, clock.instant());
      return bearer.isAdmin() || bearer.room().equals(roomId);
    } catch (TokenRefused e) {
      return false;
    }
  }
}
