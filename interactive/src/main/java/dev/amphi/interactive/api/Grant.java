package dev.amphi.interactive.api;

import java.time.Instant;
import java.util.Set;

/**
 * Who somebody is, as the verified token says.
 *
 * @param participantId the token's {@code sub}; unique in the room
 * @param name shown to others; already trimmed and free of control characters
 * @param roomId the only room that this grant is good for
 * @param role what the participant may do
 * @param expiresAt the token's {@code exp}; {@link Instant#MAX} for an anonymous viewer
 * @param rights what the token's {@code grants} leave of what the role allows
 */
public record Grant(
    String participantId,
    String name,
    String roomId,
    Role role,
    Instant expiresAt,
    Set<Right> rights) {
  public Grant {
    rights = Set.copyOf(rights);
  }

  /** With all that the role allows. */
  public Grant(String participantId, String name, String roomId, Role role, Instant expiresAt) {
    this(participantId, name, roomId, role, expiresAt, Right.ALL);
  }

  /** Whether the token leaves this right, where the role allows it. */
  public boolean may(Right right) {
    return rights.contains(right);
  }

  /** Whether it stands for somebody who came without a token. */
  public boolean anonymous() {
    return expiresAt.equals(Instant.MAX);
  }
}
