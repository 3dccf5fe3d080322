package dev.amphi.packager.recording;

import dev.amphi.packager.api.Chapter;
import dev.amphi.packager.api.RecordingView;
import dev.amphi.packager.mp4.TrackFormat;
import java.util.List;

/** The states of a recording, as people see them. */
final class RecordingState {
  static final String RECORDING = "recording";
  static final String PROCESSING = "processing";
  static final String READY = "ready";
  static final String FAILED = "failed";

  private RecordingState() {}

  /** Whether nobody writes it any more. */
  static boolean isOver(RecordingView view) {
    return view.state().equals(READY) || view.state().equals(FAILED);
  }

  static RecordingView recording(String id, String roomId, double seconds, String warning) {
    return new RecordingView(id, roomId, RECORDING, seconds, "", warning);
  }

  static RecordingView processing(String id, String roomId, double seconds) {
    return new RecordingView(id, roomId, PROCESSING, seconds, "", "");
  }

  /** What people should know of a recording that became an MP4; "" where all went well. */
  static String remark(Journal journal, int chunksLost) {
    StringBuilder said = new StringBuilder();
    if (!journal.finished()) {
      said.append(
          "It was cut off (the node stopped, or its disk was full): it is here as far as it was on"
              + " the disk.");
    }
    if (journal.brokenLine() > 0 || chunksLost > 0) {
      said.append(said.isEmpty() ? "" : " ")
          .append("Some of it was damaged on the disk: where it was, the picture stands still.");
    }
    return said.toString();
  }

  static RecordingView ready(
      String id, String roomId, JournalEntry.Ready ready, Finalizer.Finished how) {
    String url = RecordedFile.MOVIE.url(roomId, id);
    List<Chapter> chapters =
        ready.chapters().stream().map(c -> new Chapter(c.startMs() / 1000.0, c.title())).toList();
    RecordingView view =
        new RecordingView(
            id, roomId, READY, ready.durationMs() / 1000.0, url, how.remark(), chapters);
    RecordingView whole =
        how.captioned() ? view.captioned(RecordedFile.CAPTIONS.url(roomId, id)) : view;
    RecordingView pictured =
        how.pictured()
            ? whole.pictured(
                new RecordingView.Pictures(
                    RecordedFile.THUMBNAILS.url(roomId, id), RecordedFile.POSTER.url(roomId, id)))
            : whole;
    return how.trim().map(part -> trimmed(pictured, part)).orElse(pictured);
  }

  /** The same recording with a part of it beside it. */
  static RecordingView trimmed(RecordingView view, JournalEntry.Trimmed trim) {
    List<JournalEntry.Placed> all =
        view.chapters().stream()
            .map(c -> new JournalEntry.Placed(Math.round(c.startS() * 1000), c.title()))
            .toList();
    List<Chapter> chapters =
        Trimming.chapters(all, trim.fromMs(), trim.durationMs()).stream()
            .map(c -> new Chapter(c.startMs() / 1000.0, c.title()))
            .toList();
    return view.trimmed(
        new RecordingView.Trim(
            trim.fromMs() / 1000.0,
            trim.durationMs() / 1000.0,
            RecordedFile.TRIMMED.url(view.roomId(), view.id()),
            trim.captioned() ? RecordedFile.TRIMMED_CAPTIONS.url(view.roomId(), view.id()) : "",
            chapters,
            view.pictures().isPresent()
                ? RecordedFile.TRIMMED_THUMBNAILS.url(view.roomId(), view.id())
                : ""));
  }

  static RecordingView failed(String id, String roomId, double seconds, String detail) {
    return new RecordingView(id, roomId, FAILED, seconds, "", detail);
  }

  /** What is there cannot be made sense of now. */
  static RecordingView unreadable(String id, String roomId, Exception why) {
    String detail = "The recording is kept, but it cannot be read: " + Reason.of(why) + ".";
    return failed(id, roomId, 0, detail);
  }

  /** How much of the first track a journal has. */
  static double seconds(Journal journal) {
    double seconds = 0;
    JournalEntry.Format lead = null;
    for (JournalEntry entry : journal.entries()) {
      if (entry instanceof JournalEntry.Format format
          && (lead == null || lead.track().equals(format.track()))) {
        lead = format;
      } else if (entry instanceof JournalEntry.Chunk chunk
          && lead != null
          && chunk.track().equals(lead.track())) {
        TrackFormat format = lead.format();
        seconds += (double) chunk.durationTicks() / format.timescale();
      }
    }
    return seconds;
  }
}
