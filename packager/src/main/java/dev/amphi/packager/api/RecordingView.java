package dev.amphi.packager.api;

/**
 * A recording as the REST surface shows it.
 *
 * @param state {@code recording, processing, ready} or {@code failed}
 * @param durationS seconds recorded so far
 * @param url the MP4's path below {@code /api}, empty until ready
 * @param detail what went wrong, empty otherwise
 */
public record RecordingView(
    String id, String roomId, String state, double durationS, String url, String detail) {}
