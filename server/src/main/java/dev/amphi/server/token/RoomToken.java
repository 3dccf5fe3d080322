package dev.amphi.server.token;

import dev.amphi.interactive.api.Right;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a verified token says of its bearer.
 *
 * @param keyId the API key that signed it
 * @param subject the participant's id
 * @param name clean, see {@link DisplayName}
 * @param room the one room that it is good for; empty for an admin's
 * @param role {@code instructor, moderator, student, viewer} or {@code admin}
 * @param grants what is left of what the role allows
 * @param mayConsent whether the bearer may agree to be in the program; see {@code docs/consent.md}
 */
public record RoomToken(
    String keyId,
    String subject,
    String name,
    String room,
    String role,
    Instant expiresAt,
    Set<Right> grants,
    boolean mayConsent) {
  public RoomToken {
    grants = Set.copyOf(grants);
  }

  /** With all that the role allows, and in the program unless the bearer says no. */
  public RoomToken(
      String keyId, String subject, String name, String room, String role, Instant expiresAt) {
    this(keyId, subject, name, room, role, expiresAt, Right.ALL, true);
  }

  /** The same with less than the role allows. */
  public RoomToken granting(Set<Right> rights) {
    return new RoomToken(keyId, subject, name, room, role, expiresAt, rights, mayConsent);
  }

  /** The same, of somebody who may, or may not, agree to be in the program. */
  public RoomToken consenting(boolean may) {
    return new RoomToken(keyId, subject, name, room, role, expiresAt, grants, may);
  }

  /** The role that may do everything in every room and has no room of its own. */
  public static final String ADMIN = "admin";

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern ROOM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

  /** Whether this text can be a participant's id. */
  public static boolean isParticipantId(String text) {
    return ID.matcher(text).matches();
  }

  /** Whether this text can be a room's id; such ids are safe in paths and URLs. */
  public static boolean isRoomId(String text) {
    return ROOM.matcher(text).matches();
  }

  /** The same bearer in another role, as a moderator decided. */
  public RoomToken as(String other) {
    return new RoomToken(keyId, subject, name, room, other, expiresAt, grants, mayConsent);
  }

  /** Whether the bearer runs every room. */
  public boolean isAdmin() {
    return role.equals(ADMIN);
  }
}
