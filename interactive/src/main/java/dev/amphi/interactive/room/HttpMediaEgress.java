package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.signal.SdpParser;
import dev.amphi.interactive.signal.SessionDescription;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Shows people what they ask for by WHEP. Runs on the room's loop. */
final class HttpMediaEgress {
  private final Room room;
  private final HttpMediaDesk desk;

  HttpMediaEgress(Room room, HttpMediaDesk desk) {
    this.room = room;
    this.desk = desk;
  }

  /** Shows one participant's own tracks. */
  HttpMedia follow(Grant grant, String participantId, String sdp) throws Refusal {
    SessionDescription offer = SdpParser.parse(sdp);
    room.signalDoor().refuseRemoved(grant.participantId());
    Participant shown = room.roster().require(participantId);
    Credential held = desk.credential(grant, Set.of());
    FollowRight right = FollowRight.require(room, held, shown);
    requireReceiving(offer);
    MediaFloor floor = room.floor();
    MediaSession media = floor.follow(shown, right::holds, onceClosed(floor::remove));
    String answer;
    try {
      answer = media.answer(offer, Map.of(), Set.of());
    } catch (Refusal | RuntimeException refused) {
      media.close("its offer was refused");
      floor.remove(media);
      throw refused;
    }
    floor.refreshFollowers();
    return desk.opened(held, offer, answer, "", media, () -> delete(media, floor::remove));
  }

  /** Shows the program, to somebody on stage without its own voice. */
  HttpMedia watch(Grant grant, String rendition, boolean saveData, String sdp) throws Refusal {
    SessionDescription written = SdpParser.parse(sdp);
    room.signalDoor().refuseRemoved(grant.participantId());
    ProgramViewer.Choice picture =
        room.program().choose(rendition, saveData, room.status().state());
    SessionDescription offer = room.program().offered(written, picture);
    requireReceiving(offer);
    Credential held = desk.credential(grant, Set.of());
    MediaSession media = room.floor().watch(onceClosed(this::unwatch));
    try {
      String answer = media.answer(offer, Map.of(), Set.of());
      String shown = room.program().watch(media, grant.participantId(), picture, room.now());
      return desk.opened(held, offer, answer, shown, media, () -> delete(media, this::unwatch));
    } catch (Refusal refusal) {
      media.close("its offer was refused");
      unwatch(media);
      throw refusal;
    }
  }

  private void unwatch(MediaSession media) {
    room.program().remove(media, room.now());
    room.floor().remove(media);
  }

  private static void delete(MediaSession media, Consumer<MediaSession> forget) {
    media.close("deleted");
    forget.accept(media);
  }

  private static MediaSession.Owner onceClosed(Consumer<MediaSession> forget) {
    return new MediaSession.Owner() {
      @Override
      public void mediaConnected(MediaSession session) {}

      @Override
      public void mediaClosed(MediaSession session, String reason) {
        forget.accept(session);
      }
    };
  }

  private static void requireReceiving(SessionDescription offer) throws Refusal {
    if (offer.receiving(Kind.AUDIO).isEmpty() && offer.receiving(Kind.VIDEO).isEmpty()) {
      throw new Refusal(
          400,
          "bad_sdp",
          "The SDP receives nothing: WHEP is for watching, so offer recvonly sections.");
    }
  }
}
