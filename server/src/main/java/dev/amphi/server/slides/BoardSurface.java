package dev.amphi.server.slides;

import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.TrackView;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the class draws on, by the same rule as each page finds it: the slides, without them the
 * shared screen (who moderates first, then by id), without one the teacher's camera, without that
 * an empty sheet.
 */
final class BoardSurface {
  /** No participant can have such an id. */
  static final String SLIDES = "~slides";

  static final String SHEET = "~sheet";

  private final Map<String, ParticipantView> onStage = new HashMap<>();

  void participant(ParticipantView participant) {
    if (participant.inProgram()) {
      onStage.put(participant.id(), participant);
    } else {
      onStage.remove(participant.id());
    }
  }

  void left(String participantId) {
    onStage.remove(participantId);
  }

  /** The program's source that is drawn on. */
  String source(boolean slidesUp) {
    if (slidesUp) {
      return SLIDES;
    }
    return onStage.values().stream()
        .sorted(
            Comparator.comparing((ParticipantView person) -> !person.role().moderates())
                .thenComparing(ParticipantView::id))
        .flatMap(person -> shown(person, TrackView.Source.SCREEN).stream())
        .findFirst()
        .or(this::camera)
        .orElse(SHEET);
  }

  private Optional<String> camera() {
    return onStage.values().stream()
        .filter(person -> person.role().moderates())
        .sorted(Comparator.comparing(ParticipantView::id))
        .flatMap(person -> shown(person, TrackView.Source.CAMERA).stream())
        .findFirst();
  }

  private static Optional<String> shown(ParticipantView person, TrackView.Source source) {
    return person.tracks().stream()
        .filter(track -> track.source() == source && !track.muted())
        .map(TrackView::id)
        .findFirst();
  }
}
