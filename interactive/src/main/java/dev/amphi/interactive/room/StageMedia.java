package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.StageState;
import dev.amphi.interactive.api.TrackView.Kind;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.signal.ClientMessage;
import dev.amphi.interactive.signal.SdpParser;
import dev.amphi.interactive.signal.ServerMessage.Result;
import dev.amphi.interactive.signal.SessionDescription;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What participants do with their media. */
final class StageMedia {
  private final Room room;

  StageMedia(Room room) {
    this.room = room;
  }

  /** Answers an offer, opens what it publishes and shows what it asks for. */
  Result offer(Participant actor, ClientMessage.Offer offer) throws Refusal {
    SessionDescription sdp = SdpParser.parse(offer.sdp());
    requireSections(sdp, offer);
    requireDistinct(offer.publish());
    String answer = answer(actor, sdp, offer.publish(), offer.subscribe().keySet());
    MediaSession media = require(actor);
    for (Map.Entry<String, String> shown : offer.subscribe().entrySet()) {
      try {
        subscribe(actor, shown.getKey(), shown.getValue());
      } catch (Refusal gone) {
        // Its publisher may have left meanwhile: the slot stays empty, and 'tracks' says so.
        room.log(actor, "slot " + shown.getKey() + " stays empty: " + gone.detail());
      }
    }
    Map<String, String> tracks = new HashMap<>();
    media.publications().tracks().forEach((mid, track) -> tracks.put(mid, track.id()));
    for (Slot slot : media.slots().all()) {
      if (slot.track() != null) {
        tracks.put(slot.mid(), slot.track().id());
      }
    }
    return new Result.Answer(answer, tracks);
  }

  /** Negotiates and lets an accepted participant step backstage. */
  private String answer(
      Participant actor, SessionDescription sdp, Map<String, Source> publish, Set<String> shown)
      throws Refusal {
    ParticipantView before = actor.view();
    MediaSession media = actor.media();
    if (media == null) {
      media = room.floor().open(actor, actor::grant, owner(actor));
    }
    String answer;
    try {
      answer = media.answer(sdp, publish, shown);
    } catch (Refusal refusal) {
      if (actor.media() == null) {
        room.floor().remove(media);
      }
      throw refusal;
    }
    actor.media(media);
    if (actor.state() == StageState.ACCEPTED) {
      StageMachine.check(
          StageState.ACCEPTED, StageState.BACKSTAGE, EnumSet.of(StageMachine.By.OFFER));
      room.move(actor, StageState.BACKSTAGE);
    } else if (!actor.view().equals(before)) {
      room.changed(actor);
    }
    return answer;
  }

  private MediaSession.Owner owner(Participant actor) {
    return new MediaSession.Owner() {
      @Override
      public void mediaConnected(MediaSession session) {
        room.log(actor, "media connected");
      }

      @Override
      public boolean takesData() {
        return true;
      }

      @Override
      public void told(byte[] message) {
        room.gestures().onData(actor, message);
      }

      @Override
      public void mediaClosed(MediaSession session, String reason) {
        room.log(actor, "media closed: " + reason);
        room.floor().remove(session);
        if (actor.media() == session) {
          actor.media(null);
          room.changed(actor);
        }
      }
    };
  }

  private static void requireSections(SessionDescription sdp, ClientMessage.Offer offer)
      throws Refusal {
    for (String mid : offer.subscribe().keySet()) {
      if (!sdp.mids().contains(mid)) {
        throw new Refusal(400, "bad_sdp", "The SDP has no section '" + mid + "' to subscribe in.");
      }
    }
    for (Map.Entry<String, Source> entry : offer.publish().entrySet()) {
      if (!sdp.kind(entry.getKey()).equals(Optional.of(kind(entry.getValue())))) {
        throw new Refusal(
            400,
            "bad_sdp",
            "The SDP has no section '"
                + entry.getKey()
                + "' for a "
                + entry.getValue().wireName()
                + ".");
      }
    }
  }

  private static Kind kind(Source source) {
    return switch (source) {
      case MICROPHONE, SCREEN_AUDIO -> Kind.AUDIO;
      case CAMERA, SCREEN -> Kind.VIDEO;
    };
  }

  private static void requireDistinct(Map<String, Source> publish) throws Refusal {
    if (new HashSet<>(publish.values()).size() < publish.size()) {
      throw new Refusal(400, "malformed", "'publish' names the same source twice.");
    }
  }

  /** Shows a track in a slot, or none. */
  void subscribe(Participant actor, String mid, @Nullable String trackId) throws Refusal {
    MediaTrack track = trackId == null ? null : room.floor().track(trackId);
    require(actor).slots().show(mid, track, room.now());
  }

  /** Takes the sizes at which slots are shown, so that no larger picture is sent than is seen. */
  void view(Participant actor, ClientMessage.View view) throws Refusal {
    Slots slots = require(actor).slots();
    for (Map.Entry<String, ClientMessage.Size> entry : view.sizes().entrySet()) {
      ClientMessage.Size size = entry.getValue();
      slots.view(entry.getKey(), size.width(), size.height(), room.now());
    }
    room.floor().needsChanged();
  }

  private static MediaSession require(Participant actor) throws Refusal {
    MediaSession media = actor.media();
    if (media == null) {
      throw new Refusal(409, "bad_state", "You have no peer connection: send an offer first.");
    }
    return media;
  }

  void mute(Participant actor, Source source, boolean muted) throws Refusal {
    boolean found = false;
    for (MediaTrack track : actor.tracks()) {
      if (track.view().source() == source) {
        track.mute(muted, room.now());
        found = true;
      }
    }
    if (!found) {
      throw none(source);
    }
    room.changed(actor);
  }

  void unpublish(Participant actor, Source source) throws Refusal {
    if (!require(actor).publications().unpublish(source)) {
      throw none(source);
    }
    room.changed(actor);
  }

  private static Refusal none(Source source) {
    return new Refusal(404, "unknown_track", "You do not publish a " + source.wireName() + ".");
  }

  /** Mutes all of somebody's sound or picture. */
  void silence(Participant target, Kind kind) {
    for (MediaTrack track : target.tracks()) {
      if (track.view().kind() == kind) {
        track.mute(true, room.now());
      }
    }
    room.changed(target);
  }
}
