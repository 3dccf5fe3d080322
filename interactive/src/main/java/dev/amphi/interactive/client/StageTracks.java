package dev.amphi.interactive.client;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tracks the others have, and which of them goes into which slot: first come, first shown.
 */
final class StageTracks {
  private final Map<String, Map<String, Boolean>> videoByTrackByParticipant = new LinkedHashMap<>();
  private final String self;

  /** Puts a track, or null, into a slot. */
  interface Shower {
    void show(ClientSlot slot, @Nullable String track);
  }

  StageTracks(String self) {
    this.self = self;
  }

  void participant(JsonObject participant) {
    String id = participant.getString("id", "");
    if (id.equals(self)) {
      return;
    }
    Map<String, Boolean> tracks = new LinkedHashMap<>();
    JsonArray listed = participant.getJsonArray("tracks", new JsonArray());
    for (int i = 0; i < listed.size(); i++) {
      JsonObject track = listed.getJsonObject(i);
      tracks.put(track.getString("id"), "video".equals(track.getString("kind")));
    }
    videoByTrackByParticipant.put(id, tracks);
  }

  /** Takes the differences of a {@code changes} event. */
  void changed(JsonObject event) {
    for (Object patch : event.getJsonArray("participants", new JsonArray())) {
      if (patch instanceof JsonObject participant && participant.containsKey("tracks")) {
        participant(participant);
      }
    }
    event.getJsonObject("left", new JsonObject()).fieldNames().forEach(this::left);
  }

  private void left(String participant) {
    videoByTrackByParticipant.remove(participant);
  }

  /** The tracks of a kind, those of who came first at first. */
  Set<String> tracks(boolean video) {
    Set<String> tracks = new LinkedHashSet<>();
    for (Map<String, Boolean> byTrack : videoByTrackByParticipant.values()) {
      byTrack.forEach(
          (track, isVideo) -> {
            if (isVideo == video) {
              tracks.add(track);
            }
          });
    }
    return tracks;
  }

  /** Empties the slots of tracks that are gone and fills what is free. */
  void assign(List<ClientSlot> slots, Shower shower) {
    for (boolean video : new boolean[] {false, true}) {
      Set<String> waiting = tracks(video);
      List<ClientSlot> ofKind = slots.stream().filter(slot -> slot.video() == video).toList();
      Set<String> shown = new LinkedHashSet<>();
      for (ClientSlot slot : ofKind) {
        if (!slot.trackId().isEmpty() && !waiting.contains(slot.trackId())) {
          shower.show(slot, null);
        }
        shown.add(slot.trackId());
      }
      waiting.removeAll(shown);
      var next = waiting.iterator();
      for (ClientSlot slot : ofKind) {
        if (slot.trackId().isEmpty() && next.hasNext()) {
          shower.show(slot, next.next());
        }
      }
    }
  }
}
