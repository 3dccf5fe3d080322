package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.IceFragment;
import dev.amphi.interactive.signal.SdpParser;
import dev.amphi.interactive.signal.SessionDescription;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.List;
import java.util.Set;

/**
 * Enters the peer connections that were made over HTTP, with what each has: its token, its ICE
 * session, its end. Runs on the room's loop.
 */
final class HttpMediaDesk {
  private final Room room;
  private final HttpMediaTable table;

  /**
   * @param table where they are found until they are over
   */
  HttpMediaDesk(Room room, HttpMediaTable table) {
    this.room = room;
    this.table = table;
  }

  /** What the connection that somebody makes is held by. */
  Credential credential(Grant grant, Set<Source> published) {
    Runnable renewed = () -> room.context().loop().execute(() -> renewed(grant.participantId()));
    return new Credential(grant, published, room.signalDoor(), renewed);
  }

  /**
   * A lesser token shows less at once, and a better one again what the lesser one hid; and it may
   * say another thing of the program.
   */
  private void renewed(String participantId) {
    Participant participant = room.roster().find(participantId);
    if (participant == null) {
      room.floor().refreshFollowers();
    } else {
      room.changed(participant);
    }
  }

  /**
   * Enters a connection whose offer was answered.
   *
   * @param shown in words, what is shown; "" when there is nothing to say
   * @param end ends it, on the room's loop
   */
  HttpMedia opened(
      Credential held,
      SessionDescription offer,
      String answer,
      String shown,
      MediaSession media,
      Runnable end) {
    RoomContext context = room.context();
    String id = context.ids().next("");
    media.whenClosed(() -> table.forget(id));
    return table.keep(
        new HttpMedia(
            id,
            room.id(),
            held,
            answer,
            iceServers(held.grant()),
            shown,
            new HttpMediaIce(context.loop(), id, offer, remote -> restarted(media, answer, remote)),
            () -> context.loop().execute(end)));
  }

  /** Relays are for those who may publish: nobody relays through them who just watches. */
  private List<IceServer> iceServers(Grant grant) {
    return room.signalDoor().role(grant) == Role.VIEWER
        ? List.of()
        : room.context().iceServers().of(grant.participantId());
  }

  private static String restarted(MediaSession media, String answer, IceFragment remote)
      throws Refusal {
    LocalParameters local = media.restart(remote.ufrag(), remote.password());
    return IceFragment.write(SdpParser.parse(answer), local);
  }
}
