package dev.amphi.server.consent;

/** Keeps lines beside recordings, each with the time at which it came. Never blocks. */
public interface ConsentBook {
  /** Keeps nothing. */
  ConsentBook NONE = (roomId, recordingId, participantId, word) -> {};

  /**
   * Adds a line to a recording's.
   *
   * @param word {@code unstated, given, declined, withdrawn} or {@code forbidden}
   */
  void add(String roomId, String recordingId, String participantId, String word);
}
