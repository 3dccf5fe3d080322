package dev.amphi.server.load;

import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import java.time.Duration;
import java.time.InstantSource;

/** Signs the tokens of a run's participants with a key of the node's. */
public record RoomTokens(ApiKey key, String room, InstantSource clock) {
  private static final Duration LIFE = Duration.ofHours(12);

  /** A token for the run's room. */
  public String token(String role, String id, String name) {
    RoomToken claims = new RoomToken(key.id(), id, name, room, role, clock.instant().plus(LIFE));
    return TokenSigner.sign(key, claims, clock.instant());
  }
}
