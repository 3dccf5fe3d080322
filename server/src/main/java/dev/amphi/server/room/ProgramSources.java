package dev.amphi.server.room;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.TrackView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which tracks are in the program: those of participants who are on stage and did not say no to it,
 * while the class is not interrupted. Each input gives the changes that the composition has to
 * make; pure.
 */
final class ProgramSources {
  /** One thing for the composition to do. */
  sealed interface Change {
    /** Add the source, or take over its new name, role or codec. */
    record Put(SourceSpec source) implements Change {}

    /** Mute or unmute it. */
    record Mute(String sourceId, boolean muted) implements Change {}

    /** Take it out for as long as the class is interrupted. */
    record Rest(String sourceId) implements Change {}

    /** Take it out. */
    record Remove(String sourceId) implements Change {}
  }

  private record Shown(SourceSpec source, boolean muted) {}

  private final Map<String, ParticipantView> inProgram = new LinkedHashMap<>();
  private final Map<String, Shown> shown = new LinkedHashMap<>();
  private final Set<String> resting = new LinkedHashSet<>();
  private boolean hidden;

  /** Somebody came in or changed. */
  List<Change> participant(ParticipantView participant) {
    if (participant.inProgram()) {
      inProgram.put(participant.id(), participant);
    } else {
      inProgram.remove(participant.id());
    }
    return changes();
  }

  /** Somebody left. */
  List<Change> left(String participantId) {
    inProgram.remove(participantId);
    return changes();
  }

  /** Hides everybody, so that the slate shows, or shows them again. */
  List<Change> hidden(boolean hide) {
    hidden = hide;
    return changes();
  }

  /** Everything again, for a composition that has just been started. */
  List<Change> all() {
    shown.clear();
    resting.clear();
    return changes();
  }

  boolean isEmpty() {
    return inProgram.values().stream().allMatch(participant -> participant.tracks().isEmpty());
  }

  private List<Change> changes() {
    Map<String, Shown> there = there();
    List<Change> changes = new ArrayList<>();
    for (String id : List.copyOf(resting)) {
      if (!there.containsKey(id)) {
        resting.remove(id);
        changes.add(new Change.Remove(id));
      }
    }
    for (String id : List.copyOf(shown.keySet())) {
      if (!there.containsKey(id)) {
        shown.remove(id);
        changes.add(new Change.Remove(id));
      } else if (hidden) {
        shown.remove(id);
        resting.add(id);
        changes.add(new Change.Rest(id));
      }
    }
    if (!hidden) {
      resting.clear();
      show(there, changes);
    }
    return changes;
  }

  private void show(Map<String, Shown> wanted, List<Change> changes) {
    wanted.forEach(
        (id, now) -> {
          Shown before = shown.put(id, now);
          if (before == null || !before.source().equals(now.source())) {
            changes.add(new Change.Put(now.source()));
          }
          if (before == null ? now.muted() : before.muted() != now.muted()) {
            changes.add(new Change.Mute(id, now.muted()));
          }
        });
  }

  private Map<String, Shown> there() {
    Map<String, Shown> there = new LinkedHashMap<>();
    for (ParticipantView participant : inProgram.values()) {
      for (TrackView track : participant.tracks()) {
        there.put(track.id(), new Shown(source(participant, track), track.muted()));
      }
    }
    return there;
  }

  private static SourceSpec source(ParticipantView participant, TrackView track) {
    return new SourceSpec(
        track.id(),
        participant.id(),
        participant.name(),
        participant.role().wireName(),
        switch (track.source()) {
          case MICROPHONE -> SourceSpec.Kind.MICROPHONE;
          case CAMERA -> SourceSpec.Kind.CAMERA;
          case SCREEN -> SourceSpec.Kind.SCREEN;
          case SCREEN_AUDIO -> SourceSpec.Kind.SCREEN_AUDIO;
        },
        switch (Objects.requireNonNull(track.codec())) {
          case OPUS -> SourceSpec.Codec.OPUS;
          case VP8 -> SourceSpec.Codec.VP8;
          case H264 -> SourceSpec.Codec.H264;
          case VP9 -> SourceSpec.Codec.VP9;
          case AV1 -> SourceSpec.Codec.AV1;
        });
  }
}
