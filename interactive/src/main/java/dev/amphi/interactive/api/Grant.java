package dev.amphi.interactive.api;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Who somebody is, as the verified token says.
 *
 * @param participantId the token's {@code sub}; unique in the room
 * @param name shown to others; already trimmed and free of control characters
 * @param roomId the only room that this grant is good for
 * @param role what the participant may do
 * @param expiresAt the token's {@code exp}; {@link Instant#MAX} for an anonymous viewer
 * @param rights what the token's {@code grants} leave of what the role allows
 * @param mayConsent whether its bearer may agree to be in the program; false where the school has
 *     no consent
 */
public record Grant(
    String participantId,
    String name,
    String roomId,
    Role role,
    Instant expiresAt,
    Set<Right> rights,
    boolean mayConsent) {
  public Grant {
    rights = Set.copyOf(rights);
  }

  private static final Pattern OF_TOKEN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern OF_NOBODY = Pattern.compile("v-[0-9a-f-]{36}");

  /** Whether a token can have this id; that of an anonymous viewer is another one each time. */
  public static boolean isOfToken(String participantId) {
    return OF_TOKEN.matcher(participantId).matches() && !OF_NOBODY.matcher(participantId).matches();
  }

  /** With all that the role allows. */
  public Grant(String participantId, String name, String roomId, Role role, Instant expiresAt) {
    this(participantId, name, roomId, role, expiresAt, Right.ALL);
  }

  /** Of somebody whom nothing keeps out of the program. */
  public Grant(
      String participantId,
      String name,
      String roomId,
      Role role,
      Instant expiresAt,
      Set<Right> rights) {
    this(participantId, name, roomId, role, expiresAt, rights, true);
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
