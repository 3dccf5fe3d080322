package dev.amphi.packager.recording;

import dev.amphi.packager.webm.WebmTrack;
import java.util.List;
import java.util.Locale;

/** {@code tracks.json}: what the tracks beside a recording are, and where they stand in it. */
final class TracksJson {
  private final String roomId;
  private final String recordingId;
  private final boolean finished;
  private final StringBuilder tracks = new StringBuilder();

  /**
   * @param finished false when they were cut off
   */
  TracksJson(String roomId, String recordingId, boolean finished) {
    this.roomId = roomId;
    this.recordingId = recordingId;
    this.finished = finished;
  }

  void add(KeptTrack track, String name, WebmTrack file) {
    JournalEntry.Made made = track.made().orElseThrow();
    List<JournalEntry.Run> runs = made.runs();
    JournalEntry.Run last = runs.getLast();
    long startMs = runs.getFirst().startMs();
    tracks
        .append(tracks.isEmpty() ? "\n" : ",\n")
        .append("{\"n\":" + track.source.track())
        .append(",\"participant\":" + quoted(track.source.participantId()))
        .append(",\"name\":" + quoted(name))
        .append(",\"role\":" + quoted(track.source.role()))
        .append(",\"source\":" + quoted(track.source.kind()))
        .append(",\"codec\":" + quoted(track.source.codec()))
        .append(",\"file\":" + quoted(track.fileName()))
        .append(",\"url\":" + quoted(url(track)))
        .append(",\"bytes\":" + made.bytes())
        .append(",\"start_s\":" + seconds(startMs))
        .append(",\"duration_s\":" + seconds(last.startMs() + last.durationMs() - startMs))
        .append(",\"started_at\":" + quoted(runs.getFirst().at().toString()));
    if (track.codec().video()) {
      tracks.append(",\"width\":" + file.width() + ",\"height\":" + file.height());
    }
    tracks.append(",\"damaged\":" + (made.clustersLost() > 0)).append(",\"runs\":[");
    for (int i = 0; i < runs.size(); i++) {
      JournalEntry.Run run = runs.get(i);
      tracks
          .append(i == 0 ? "" : ",")
          .append("{\"start_s\":" + seconds(run.startMs()))
          .append(",\"duration_s\":" + seconds(run.durationMs()))
          .append(",\"at\":" + quoted(run.at().toString()) + "}");
    }
    tracks.append("]}");
  }

  private String url(KeptTrack track) {
    return "/api/rooms/"
        + roomId
        + "/recordings/"
        + recordingId
        + "/tracks/"
        + track.source.track()
        + track.codec().suffix();
  }

  @Override
  public String toString() {
    return "{\"recording\":"
        + quoted(recordingId)
        + ",\"finished\":"
        + finished
        + ",\"tracks\":["
        + tracks
        + "]}\n";
  }

  private static String quoted(String text) {
    return '"' + ChaptersJson.escaped(text) + '"';
  }

  private static String seconds(long ms) {
    return String.format(Locale.ROOT, "%.3f", ms / 1000.0);
  }
}
