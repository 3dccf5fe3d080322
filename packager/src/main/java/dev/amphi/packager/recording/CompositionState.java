package dev.amphi.packager.recording;

import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.api.TrackComposer;

/** The states of a composition, as people see them. */
final class CompositionState {
  private CompositionState() {}

  static RecordingView.Composition processing(TrackComposer.Show show) {
    return new RecordingView.Composition(show.wireName(), RecordingState.PROCESSING, 0, "", "");
  }

  /** What a journal's last word of it means. */
  static RecordingView.Composition of(String roomId, String id, JournalEntry.OfComposition last) {
    return switch (last) {
      case JournalEntry.Composing composing -> processing(composing.show());
      case JournalEntry.Composed made ->
          new RecordingView.Composition(
              made.show().wireName(),
              RecordingState.READY,
              made.durationMs() / 1000.0,
              RecordedFile.of(made.show()).url(roomId, id),
              made.remark());
      case JournalEntry.Uncomposed gone ->
          new RecordingView.Composition(
              gone.show().wireName(), RecordingState.FAILED, 0, "", gone.why());
    };
  }
}
