package dev.amphi.server.consent;

import dev.amphi.interactive.api.Consent;
import dev.amphi.interactive.api.ParticipantView;
import dev.amphi.interactive.api.StageState;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a recording has to be kept with: the word of everybody who was on the stage while it ran,
 * and each change of it. Thread-safe.
 */
public final class ConsentRecord {
  private final String roomId;
  private final ConsentBook book;
  private final Map<String, Consent> onStage = new LinkedHashMap<>();
  private String recordingId = "";

  /** The record of a class without a recording. */
  public ConsentRecord(String roomId, ConsentBook book) {
    this.roomId = roomId;
    this.book = book;
  }

  /** A recording begins: everybody's word as it is now. */
  public synchronized void begins(String recording) {
    recordingId = recording;
    onStage.forEach((participantId, word) -> add(participantId, word.wireName()));
  }

  /** The recording is over. */
  public synchronized void ends() {
    recordingId = "";
  }

  /** Takes somebody's newest state. */
  public synchronized void participant(ParticipantView participant) {
    if (!counts(participant)) {
      onStage.remove(participant.id());
      return;
    }
    Consent now = participant.consent();
    Consent before = onStage.put(participant.id(), now);
    if (before != now) {
      boolean withdrawn = before != null && before.allows() && now == Consent.DECLINED;
      add(participant.id(), withdrawn ? "withdrawn" : now.wireName());
    }
  }

  /** Who neither said nor showed anything yet may be about to be asked. */
  private static boolean counts(ParticipantView participant) {
    return participant.state() == StageState.ON_STAGE
        && (participant.consent() != Consent.UNSTATED || !participant.tracks().isEmpty());
  }

  /** Somebody is gone. */
  public synchronized void left(String participantId) {
    onStage.remove(participantId);
  }

  private void add(String participantId, String word) {
    if (!recordingId.isEmpty()) {
      book.add(roomId, recordingId, participantId, word);
    }
  }
}
