package dev.amphi.server.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.amphi.interactive.api.TrackView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The tracks of everybody on stage, as signalling tells of them. Thread-safe. */
final class RoomTracks {
  private final Map<String, Map<String, TrackView.Codec>> byParticipant = new LinkedHashMap<>();

  /** The answer to {@code hello}. */
  synchronized void welcome(JsonNode welcome) {
    welcome.path("participants").forEach(this::participant);
    notifyAll();
  }

  /** Any other message of the server's. */
  synchronized void event(JsonNode message) {
    switch (message.path("type").asText()) {
      case "participant" -> participant(message.path("participant"));
      case "participant_left" -> byParticipant.remove(message.path("id").asText());
      default -> {
        // no other event is about tracks
      }
    }
    notifyAll();
  }

  private void participant(JsonNode participant) {
    Map<String, TrackView.Codec> tracks = new LinkedHashMap<>();
    participant
        .path("tracks")
        .forEach(
            track ->
                tracks.put(
                    track.path("id").asText(),
                    StageParticipant.codec(track.path("codec").asText())));
    byParticipant.put(participant.path("id").asText(), tracks);
  }

  /** Waits until there are as many tracks; gives all that are there, with their codecs. */
  synchronized Map<String, TrackView.Codec> await(int count, long patienceNanos)
      throws LoadFailed, InterruptedException {
    long deadline = System.nanoTime() + patienceNanos;
    while (true) {
      Map<String, TrackView.Codec> all = new LinkedHashMap<>();
      byParticipant.values().forEach(all::putAll);
      if (all.size() >= Math.max(1, count)) {
        return all;
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new LoadFailed(
            "only %d of %d tracks are on stage: is anybody publishing?"
                .formatted(all.size(), count));
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
