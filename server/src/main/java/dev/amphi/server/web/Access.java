package dev.amphi.server.web;

import dev.amphi.interactive.api.Right;
import dev.amphi.server.token.RoomToken;
import java.util.Optional;

/** Who may do what over REST: the documented matrix, as one pure function. */
final class Access {
  /** What can be asked of a room. */
  enum Verb {
    MAKE_ROOM,
    SEE_ROOM,
    DELETE_ROOM,
    MINT_TOKEN,
    SWITCH_LIVE,
    TAKE_BREAK,
    END_CLASS,
    CHOOSE_LAYOUT,
    SWITCH_RECORDING,
    CAPTION,
    PUSH,
    TURN_SLIDES,
    SEE_SLIDES,
    SEE_RECORDINGS,
    GET_TRACKS,
    SEE_UNPUBLISHED,
    SEE_CATALOGUE,
    RUN_WEBHOOKS,
    LABEL_RECORDING,
    VERIFY_RECORDING,
    ERASE_RECORDING,
    TRIM_RECORDING,
    COMPOSE_RECORDING,
    HOLD_RECORDING,
    SEE_PARTICIPANTS,
    KEEP_THE_DOOR,
    REMOVE_PARTICIPANT,
    SEE_PIPELINE
  }

  private Access() {}

  /**
   * Whether {@code bearer} may do {@code verb} in {@code room}.
   *
   * @param audienceOpen whether anyone with the link may watch this room
   */
  static boolean allows(Optional<RoomToken> bearer, Verb verb, String room, boolean audienceOpen) {
    if (bearer.isEmpty()) {
      return verb == Verb.SEE_ROOM && audienceOpen;
    }
    RoomToken token = bearer.get();
    if (token.isAdmin()) {
      return true;
    }
    if (!token.room().equals(room)) {
      return verb == Verb.SEE_ROOM && audienceOpen;
    }
    if (!needed(verb).map(token.grants()::contains).orElse(true)) {
      return false;
    }
    boolean moderates = token.role().equals("instructor") || token.role().equals("moderator");
    return switch (verb) {
      case SEE_ROOM, SEE_RECORDINGS, SEE_SLIDES -> true;
      case SEE_PARTICIPANTS -> moderates || token.role().equals("student");
      case HOLD_RECORDING -> false; // Over the head of who teaches: an admin's.
      case SEE_CATALOGUE, RUN_WEBHOOKS -> false; // About all rooms.
      case MAKE_ROOM, DELETE_ROOM, ERASE_RECORDING, LABEL_RECORDING, PUSH ->
          token.role().equals("instructor");
      case MINT_TOKEN,
          SWITCH_LIVE,
          TAKE_BREAK,
          END_CLASS,
          CHOOSE_LAYOUT,
          SWITCH_RECORDING,
          GET_TRACKS,
          SEE_UNPUBLISHED,
          VERIFY_RECORDING,
          TRIM_RECORDING,
          COMPOSE_RECORDING,
          CAPTION,
          TURN_SLIDES,
          KEEP_THE_DOOR,
          REMOVE_PARTICIPANT,
          SEE_PIPELINE ->
          moderates;
    };
  }

  /** What a token that names its grants has to grant, whatever its role. */
  private static Optional<Right> needed(Verb verb) {
    return switch (verb) {
      case SEE_ROOM,
          SEE_RECORDINGS,
          SEE_UNPUBLISHED,
          SEE_CATALOGUE,
          RUN_WEBHOOKS,
          SEE_SLIDES,
          SEE_PARTICIPANTS,
          SEE_PIPELINE,
          VERIFY_RECORDING ->
          Optional.empty();
      case SWITCH_RECORDING, GET_TRACKS -> Optional.of(Right.RECORD);
      case MAKE_ROOM,
          DELETE_ROOM,
          ERASE_RECORDING,
          LABEL_RECORDING,
          TRIM_RECORDING,
          COMPOSE_RECORDING,
          HOLD_RECORDING,
          MINT_TOKEN,
          SWITCH_LIVE,
          TAKE_BREAK,
          END_CLASS,
          CHOOSE_LAYOUT,
          CAPTION,
          PUSH,
          TURN_SLIDES,
          KEEP_THE_DOOR,
          REMOVE_PARTICIPANT ->
          Optional.of(Right.MODERATE);
    };
  }

  /** Whether the bearer may give somebody else this role: never more than its own. */
  static boolean mayGrant(RoomToken bearer, String role) {
    return switch (role) {
      case "viewer", "student" -> true;
      case "moderator", "instructor" ->
          bearer.isAdmin() || bearer.role().equals("instructor") || bearer.role().equals(role);
      default -> false;
    };
  }
}
