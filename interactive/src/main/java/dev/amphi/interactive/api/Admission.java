package dev.amphi.interactive.api;

import org.jspecify.annotations.Nullable;

/** Decides who comes in; the server implements it on room tokens. Thread-safe, never blocks. */
public interface Admission {
  /**
   * Admits the bearer of a token, or an anonymous viewer where the room's audience is open.
   *
   * @param token the JWT, or null for an anonymous viewer
   * @param name the name an anonymous viewer gave, or null
   * @throws Refusal 401 for a missing, malformed or expired token, 403 for another room's, 404 for
   *     an unknown room
   */
  Grant admit(String roomId, @Nullable String token, @Nullable String name) throws Refusal;
}
