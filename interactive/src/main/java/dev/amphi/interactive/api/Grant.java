package dev.amphi.interactive.api;

import java.time.Instant;

/**
 * Who somebody is, as the verified token says.
 *
 * @param participantId the token's {@code sub}; unique in the room
 * @param name shown to others; already trimmed and free of control characters
 * @param roomId the only room that this grant is good for
 * @param role what the participant may do
 * @param expiresAt the token's {@code exp}; {@link Instant#MAX} for an anonymous viewer
 */
public record Grant(
    String participantId, String name, String roomId, Role role, Instant expiresAt) {}
