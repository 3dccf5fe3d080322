package dev.amphi.server.web;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.server.room.Classroom;
import dev.amphi.server.room.Classrooms;
import dev.amphi.server.room.RoomSpec;
import dev.amphi.server.token.RoomToken;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** Finds the class that a request is about, when its sender may do what it asks. */
final class Guard {
  private final Classrooms classrooms;
  private final Caller caller;

  Guard(Classrooms classrooms, Caller caller) {
    this.classrooms = classrooms;
    this.caller = caller;
  }

  /**
   * Who sends this and to which class, once allowed.
   *
   * @param bearer in its present role
   */
  record Passed(Optional<RoomToken> bearer, String roomId, Classroom room) {}

  Passed pass(RoutingContext context, Access.Verb verb) throws Refusal {
    String roomId = context.pathParam("room");
    Optional<Classroom> room = classrooms.find(roomId);
    Optional<RoomToken> bearer = caller.of(context).map(token -> present(token, room));
    bearer.ifPresent(token -> RestAudit.bearer(context, token));
    boolean open = room.map(found -> found.status().audience().equals(RoomSpec.OPEN)).orElse(true);
    if (room.isEmpty() && bearer.isEmpty()) {
      throw Classrooms.unknown(roomId);
    }
    Caller.require(bearer, verb, roomId, open);
    return new Passed(bearer, roomId, classrooms.get(roomId));
  }

  /** Who was promoted or demoted in the class is that over REST too, whatever the token says. */
  private static RoomToken present(RoomToken token, Optional<Classroom> room) {
    Optional<Role> byToken = Role.fromWireName(token.role());
    if (room.isEmpty() || byToken.isEmpty() || !token.room().equals(room.get().status().id())) {
      return token;
    }
    return token.as(room.get().role(token.subject(), byToken.get()).wireName());
  }

  /** As {@link #pass}, for what outlives the room; tells the room's id. */
  String passRoomOrNot(RoutingContext context, Access.Verb verb) throws Refusal {
    return passRecordings(context, verb).roomId();
  }

  /** Who asks for recordings of a room, whether it is still there or not. */
  record Visitor(Optional<RoomToken> bearer, String roomId) {
    /** Whether it may do something else there too. */
    boolean may(Access.Verb verb) {
      return Access.allows(bearer, verb, roomId, false);
    }
  }

  /** As {@link #passRoomOrNot}; tells who it is too. */
  Visitor passRecordings(RoutingContext context, Access.Verb verb) throws Refusal {
    String roomId = context.pathParam("room");
    Optional<Classroom> room = classrooms.find(roomId);
    Optional<RoomToken> bearer = caller.of(context).map(token -> present(token, room));
    bearer.ifPresent(token -> RestAudit.bearer(context, token));
    Caller.require(bearer, verb, roomId, false);
    return new Visitor(bearer, roomId);
  }

  /** As {@link #pass}, for what is about no room in particular. */
  void passEverywhere(RoutingContext context, Access.Verb verb) throws Refusal {
    Optional<RoomToken> bearer = caller.of(context);
    if (bearer.isEmpty()) {
      throw new Refusal(401, "unauthorized", "This needs an admin's token: send it as Bearer.");
    }
    if (!Access.allows(bearer, verb, "", false)) {
      throw new Refusal(
          403, "not_allowed", "This is about all rooms: it needs an admin's token, not a room's.");
    }
  }
}
