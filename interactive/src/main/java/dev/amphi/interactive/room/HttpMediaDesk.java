package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.IceServer;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.IceFragment;
import dev.amphi.interactive.signal.SdpParser;
import dev.amphi.interactive.signal.SessionDescription;
import dev.amphi.interactive.transport.LocalParameters;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes peer connections for those who come with an offer over HTTP. Runs on the room's loop. */
final class HttpMediaDesk {
  private static final List<Source> SOUND = List.of(Source.MICROPHONE, Source.SCREEN_AUDIO);
  private static final List<Source> PICTURE = List.of(Source.CAMERA, Source.SCREEN);

  private final OpenRoom open;
  private final Consumer<String> ended;

  /**
   * @param ended told the id of each that is over
   */
  HttpMediaDesk(OpenRoom open, Consumer<String> ended) {
    this.open = open;
    this.ended = ended;
  }

  /** WHIP: puts the sender on stage; an older connection of the same participant gives way. */
  HttpMedia publish(Grant grant, String sdp) throws Refusal {
    SessionDescription offer = SdpParser.parse(sdp);
    Map<String, Source> publish = new HashMap<>();
    name(offer.sending(Kind.AUDIO), SOUND, publish);
    name(offer.sending(Kind.VIDEO), PICTURE, publish);
    if (publish.isEmpty()) {
      throw new Refusal(400, "bad_sdp", "The SDP sends nothing: WHIP is for publishing.");
    }
    requireFew(offer, Kind.AUDIO, SOUND.size());
    requireFew(offer, Kind.VIDEO, PICTURE.size());
    Rights.publish(grant, publish.values());
    Credential held = credential(grant, EnumSet.copyOf(publish.values()));
    Participant known = open.room().roster().find(grant.participantId());
    StageState stood = known == null ? null : known.state();
    Participant participant = open.door().enterWithMedia(grant);
    StageState before = participant == known ? stood : null;
    MediaSession media;
    try {
      media = open.room().floor().open(participant, held::grant, ingestOwner(participant));
    } catch (Refusal | RuntimeException refused) {
      goBack(participant, before);
      throw refused;
    }
    String answer;
    try {
      answer = media.answer(offer, publish, Set.of());
      requireWhole(publish.keySet(), media.publications().tracks().keySet());
    } catch (Refusal | RuntimeException refused) {
      media.close("its offer was refused");
      open.room().floor().remove(media);
      goBack(participant, before);
      throw refused;
    }
    open.room().endIngest(participant, "replaced by a newer peer connection");
    participant.ingest(media);
    open.room().changed(participant);
    return opened(held, offer, answer, "", media, () -> left(participant, media, "left"));
  }

  /** Whose offer is refused stands where it stood before, or is not here, if it was not. */
  private void goBack(Participant participant, @Nullable StageState before) {
    if (before != null && participant.state() != before) {
      participant.state(before, open.room().context().clock().now());
    }
    leaveIfDetached(participant, "its offer was refused");
  }

  /** RFC 9725 §4.4.2: more tracks of a kind than are supported must be refused. */
  private static void requireFew(SessionDescription offer, Kind kind, int most) throws Refusal {
    int count = offer.sending(kind).size();
    if (count > most) {
      throw new Refusal(
          422,
          "bad_sdp",
          "The SDP sends "
              + count
              + " tracks of "
              + kind.wireName()
              + "; at most "
              + most
              + " are taken: the camera's or microphone's, and the screen's.");
    }
  }

  /** RFC 9725 §4.4.3: half of what was offered misleads who offered it. */
  private static void requireWhole(Set<String> offered, Set<String> taken) throws Refusal {
    for (String mid : offered) {
      if (!taken.contains(mid)) {
        throw new Refusal(
            422,
            "bad_sdp",
            "Section "
                + mid
                + " of the SDP has no coding that is spoken here, and half a session misleads: offer"
                + " VP8 or H.264 (baseline, packetization-mode=1), and Opus.");
      }
    }
  }

  private MediaSession.Owner ingestOwner(Participant participant) {
    return new MediaSession.Owner() {
      @Override
      public void mediaConnected(MediaSession session) {
        open.room().log(participant, "ingest connected");
      }

      @Override
      public void mediaClosed(MediaSession session, String reason) {
        open.room().floor().remove(session);
        left(participant, session, reason);
      }
    };
  }

  private void left(Participant participant, MediaSession media, String reason) {
    if (participant.ingest() == media) {
      open.room().endIngest(participant, reason);
      if (!leaveIfDetached(participant, reason)) {
        open.room().changed(participant);
      }
    }
  }

  private boolean leaveIfDetached(Participant participant, String reason) {
    if (participant.detached()) {
      open.room().leave(participant, 1000, reason);
      return true;
    }
    return false;
  }

  private static void name(List<String> mids, List<Source> sources, Map<String, Source> publish) {
    for (int i = 0; i < Math.min(mids.size(), sources.size()); i++) {
      publish.put(mids.get(i), sources.get(i));
    }
  }

  /** WHEP: shows one participant's own tracks. */
  HttpMedia follow(Grant grant, String participantId, String sdp) throws Refusal {
    SessionDescription offer = SdpParser.parse(sdp);
    open.room().signalDoor().refuseRemoved(grant.participantId());
    Participant shown = open.room().roster().require(participantId);
    boolean backstage = mayFollowBackstage(grant);
    if (!backstage && shown.state() != StageState.ON_STAGE) {
      throw new Refusal(
          403,
          "not_allowed",
          "'"
              + participantId
              + "' is '"
              + shown.state().wireName()
              + "', and a viewer's token follows only those on stage: try again when they are.");
    }
    requireReceiving(offer);
    Credential held = credential(grant, Set.of());
    MediaFloor floor = open.room().floor();
    MediaSession.Owner owner =
        new MediaSession.Owner() {
          @Override
          public void mediaConnected(MediaSession session) {}

          @Override
          public void mediaClosed(MediaSession session, String reason) {
            floor.remove(session);
          }
        };
    MediaSession media =
        floor.follow(shown, () -> mayBeShown(held.grant(), backstage, participantId), owner);
    String answer;
    try {
      answer = media.answer(offer, Map.of(), Set.of());
    } catch (Refusal | RuntimeException refused) {
      media.close("its offer was refused");
      floor.remove(media);
      throw refused;
    }
    floor.refreshFollowers();
    Runnable end =
        () -> {
          media.close("deleted");
          floor.remove(media);
        };
    return opened(held, offer, answer, "", media, end);
  }

  /** WHEP: shows the program, to somebody on stage without its own voice. */
  HttpMedia watch(Grant grant, String rendition, boolean saveData, String sdp) throws Refusal {
    SessionDescription offer = SdpParser.parse(sdp);
    Room room = open.room();
    room.signalDoor().refuseRemoved(grant.participantId());
    ProgramViewer.Choice picture =
        room.program().choose(rendition, saveData, room.status().state());
    requireReceiving(offer);
    Credential held = credential(grant, Set.of());
    MediaSession.Owner owner =
        new MediaSession.Owner() {
          @Override
          public void mediaConnected(MediaSession session) {}

          @Override
          public void mediaClosed(MediaSession session, String reason) {
            unwatch(session);
          }
        };
    MediaSession media = room.floor().watch(owner);
    try {
      String answer = media.answer(offer, Map.of(), Set.of());
      String shown = room.program().watch(media, grant.participantId(), picture, room.now());
      Runnable end =
          () -> {
            media.close("deleted");
            unwatch(media);
          };
      return opened(held, offer, answer, shown, media, end);
    } catch (Refusal refusal) {
      media.close("its offer was refused");
      unwatch(media);
      throw refusal;
    }
  }

  private void unwatch(MediaSession media) {
    open.room().program().remove(media, open.room().now());
    open.room().floor().remove(media);
  }

  private static void requireReceiving(SessionDescription offer) throws Refusal {
    if (offer.receiving(Kind.AUDIO).isEmpty() && offer.receiving(Kind.VIDEO).isEmpty()) {
      throw new Refusal(
          400,
          "bad_sdp",
          "The SDP receives nothing: WHEP is for watching, so offer recvonly sections.");
    }
  }

  /**
   * Whether somebody may follow those backstage too: whoever is in, or would be let in now. Refused
   * where it would not; a viewer is kept out by no door, and sees the stage only.
   */
  private boolean mayFollowBackstage(Grant follower) throws Refusal {
    SignalDoor door = open.room().signalDoor();
    Role role = door.role(follower);
    if (role == Role.VIEWER || role.moderates()) {
      return role.moderates();
    }
    Participant present = open.room().roster().find(follower.participantId());
    if (present == null && !door.locked() && !door.waitingRoom()) {
      return true;
    }
    StageState state = present == null ? door.arrival(follower) : present.state();
    if (state == StageState.WAITING) {
      throw new Refusal(
          403, "not_allowed", "You are in the waiting room: wait until a moderator lets you in.");
    }
    return present != null || state == StageState.ON_STAGE;
  }

  /** Asked again whenever somebody changes: role and token may be lesser ones since. */
  private boolean mayBeShown(Grant follower, boolean backstage, String participantId) {
    Participant present = open.room().roster().find(follower.participantId());
    if (present != null && present.state() == StageState.WAITING) {
      return false;
    }
    Participant shown = open.room().roster().find(participantId);
    return (backstage && open.room().signalDoor().role(follower) != Role.VIEWER)
        || (shown != null && shown.state() == StageState.ON_STAGE);
  }

  private Credential credential(Grant grant, Set<Source> published) {
    return new Credential(grant, published, open.room().signalDoor());
  }

  private HttpMedia opened(
      Credential held,
      SessionDescription offer,
      String answer,
      String shown,
      MediaSession media,
      Runnable end) {
    RoomContext context = open.room().context();
    String id = context.ids().next("");
    media.whenClosed(() -> ended.accept(id));
    return new HttpMedia(
        id,
        open.room().id(),
        held,
        answer,
        iceServers(held.grant()),
        shown,
        new HttpMediaIce(context.loop(), id, offer, remote -> restarted(media, answer, remote)),
        () -> context.loop().execute(end));
  }

  /** Relays are for those who may publish: nobody relays through them who just watches. */
  private List<IceServer> iceServers(Grant grant) {
    return open.room().signalDoor().role(grant) == Role.VIEWER
        ? List.of()
        : open.room().context().iceServers().of(grant.participantId());
  }

  private static String restarted(MediaSession media, String answer, IceFragment remote)
      throws Refusal {
    LocalParameters local = media.restart(remote.ufrag(), remote.password());
    return IceFragment.write(SdpParser.parse(answer), local);
  }
}
