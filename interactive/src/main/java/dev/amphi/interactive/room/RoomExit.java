package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.signal.ServerMessage;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The ways out of a room, and off its stage. */
final class RoomExit {
  private final Room room;
  private final HttpMediaTable overHttp;

  /**
   * @param overHttp the peer connections without a socket, of this room among others
   */
  RoomExit(Room room, HttpMediaTable overHttp) {
    this.room = room;
    this.overHttp = overHttp;
  }

  /** Ends all peer connections that somebody publishes over. */
  void endMedia(Participant participant, String reason) {
    endSocketMedia(participant, reason);
    endIngest(participant, reason);
  }

  void endSocketMedia(Participant participant, String reason) {
    MediaSession media = participant.media();
    if (media != null) {
      participant.media(null);
      media.close(reason);
      room.floor().remove(media);
    }
  }

  void endIngest(Participant participant, String reason) {
    MediaSession ingest = participant.ingest();
    if (ingest != null) {
      participant.noIngest();
      ingest.close(reason);
      room.floor().remove(ingest);
    }
  }

  /** Takes a participant out of the room. */
  void leave(Participant participant, int code, String reason) {
    leave(participant, new ServerMessage.Closing(code, reason, Optional.empty()));
  }

  private void leave(Participant participant, ServerMessage.Closing closing) {
    String reason = closing.detail();
    if (room.roster().find(participant.id()) != participant) {
      return;
    }
    room.log(participant, "left: " + reason);
    endMedia(participant, reason);
    room.roster().remove(participant);
    SignalSession signal = participant.signal();
    if (signal != null) {
      signal.close(closing, room.now());
    }
    participant.signal(null);
    room.feed().left(participant, reason, room.now());
    room.program().refresh(room.now());
    room.context().listener().participantLeft(room.id(), participant.id());
  }

  /** A token has run out: its socket and the media of it end; media over HTTP has its own token. */
  void expired(Participant participant) {
    ServerMessage.Closing closing =
        new ServerMessage.Closing(
            4004,
            "Your token has expired: ask whoever runs the class for a new link.",
            Optional.empty());
    SignalSession signal = participant.signal();
    if (participant.ingest() == null || signal == null) {
      leave(participant, closing);
      return;
    }
    room.log(participant, "the token of its socket has expired");
    endSocketMedia(participant, closing.detail());
    signal.close(closing, room.now());
    participant.signal(null);
    participant.away(false);
    room.changed(participant);
  }

  /**
   * Takes a participant out for good, at once, or whoever will come with a token of that id;
   * completes when that is kept, with false when nobody of that id is here nor can be.
   */
  CompletionStage<Boolean> remove(String participantId, String reason) {
    Participant participant = room.roster().find(participantId);
    boolean anonymous =
        participant == null ? !Grant.isOfToken(participantId) : participant.anonymous();
    if (participant != null || !anonymous) {
      room.signalDoor().remove(participantId);
    }
    if (participant != null) {
      if (!participant.guest().isEmpty()) {
        room.signalDoor().remove(SignalDoor.guest(participant.guest()));
      }
      leave(participant, 4003, reason);
    }
    room.gestures().forget(participantId);
    boolean watched = overHttp.endThoseOf(room.id(), participantId);
    for (MediaSession session : room.program().of(participantId)) {
      session.close(reason);
      room.program().remove(session, room.now());
      room.floor().remove(session);
    }
    return anonymous
        ? CompletableFuture.completedFuture(participant != null || watched)
        : room.context()
            .listener()
            .participantRemoved(room.id(), participantId)
            .thenApply(kept -> true);
  }

  /** The room closes. */
  void everybody(ServerMessage.Closing closing) {
    for (Participant participant : room.roster().all()) {
      // Whoever goes with all the others need not be told of each.
      SignalSession signal = participant.signal();
      if (signal != null) {
        signal.close(closing, room.now());
      }
    }
    for (Participant participant : room.roster().all()) {
      leave(participant, closing);
    }
  }
}
