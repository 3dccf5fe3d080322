package dev.amphi.packager.api;

import java.util.List;

/**
 * A recording as the REST surface shows it.
 *
 * @param state {@code recording, processing, ready} or {@code failed}
 * @param durationS seconds recorded so far
 * @param url the MP4's path below {@code /api}, empty until ready
 * @param detail what went wrong, also where it is ready; empty otherwise
 * @param chapters in order; there when it is ready
 */
public record RecordingView(
    String id,
    String roomId,
    String state,
    double durationS,
    String url,
    String detail,
    List<Chapter> chapters) {
  public RecordingView {
    chapters = List.copyOf(chapters);
  }

  /** Without chapters. */
  public RecordingView(
      String id, String roomId, String state, double durationS, String url, String detail) {
    this(id, roomId, state, durationS, url, detail, List.of());
  }
}
