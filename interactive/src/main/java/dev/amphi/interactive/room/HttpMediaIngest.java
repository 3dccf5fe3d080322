package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.SdpParser;
import dev.amphi.interactive.signal.SessionDescription;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lets people on stage who come with an offer by WHIP (RFC 9725). Runs on the room's loop. */
final class HttpMediaIngest {
  private static final List<Source> SOUND = List.of(Source.MICROPHONE, Source.SCREEN_AUDIO);
  private static final List<Source> PICTURE = List.of(Source.CAMERA, Source.SCREEN);

  private final Room room;
  private final Door door;
  private final HttpMediaDesk desk;

  HttpMediaIngest(Room room, Door door, HttpMediaDesk desk) {
    this.room = room;
    this.door = door;
    this.desk = desk;
  }

  /** Puts the sender on stage; an older connection of the same participant gives way. */
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
    Credential held = desk.credential(grant, EnumSet.copyOf(publish.values()));
    Participant known = room.roster().find(grant.participantId());
    StageState stood = known == null ? null : known.state();
    Participant participant = door.enterWithMedia(grant);
    StageState before = participant == known ? stood : null;
    MediaSession media;
    try {
      media = room.floor().open(participant, held::grant, ingestOwner(participant));
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
      room.floor().remove(media);
      goBack(participant, before);
      throw refused;
    }
    room.exit().endIngest(participant, "replaced by a newer peer connection");
    participant.ingest(media, held::grant);
    room.changed(participant);
    return desk.opened(held, offer, answer, "", media, () -> left(participant, media, "left"));
  }

  /** Whose offer is refused stands where it stood before, or is not here, if it was not. */
  private void goBack(Participant participant, @Nullable StageState before) {
    if (before != null && participant.state() != before) {
      participant.state(before, room.context().clock().now());
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
        room.log(participant, "ingest connected");
      }

      @Override
      public void mediaClosed(MediaSession session, String reason) {
        room.floor().remove(session);
        left(participant, session, reason);
      }
    };
  }

  private void left(Participant participant, MediaSession media, String reason) {
    if (participant.ingest() == media) {
      room.exit().endIngest(participant, reason);
      if (!leaveIfDetached(participant, reason)) {
        room.changed(participant);
      }
    }
  }

  private boolean leaveIfDetached(Participant participant, String reason) {
    if (participant.detached()) {
      room.exit().leave(participant, 1000, reason);
      return true;
    }
    return false;
  }

  private static void name(List<String> mids, List<Source> sources, Map<String, Source> publish) {
    for (int i = 0; i < Math.min(mids.size(), sources.size()); i++) {
      publish.put(mids.get(i), sources.get(i));
    }
  }
}
