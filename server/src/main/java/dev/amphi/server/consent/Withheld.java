package dev.amphi.server.consent;

import dev.amphi.interactive.api.ParticipantView;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Those in a class whose picture and sound must not go into the program, as of their last word.
 * Thread-safe.
 */
public final class Withheld {
  private final Set<String> participants = ConcurrentHashMap.newKeySet();

  /** Takes somebody's newest state; true when it has just been withheld. */
  public boolean changed(ParticipantView participant) {
    if (participant.consent().allows()) {
      participants.remove(participant.id());
      return false;
    }
    return participants.add(participant.id());
  }

  /** Somebody is gone, or its state is known otherwise. */
  public void forget(String participantId) {
    participants.remove(participantId);
  }

  /** Whether nothing of this participant may go into the program, be it picture, sound or ink. */
  public boolean contains(String participantId) {
    return participants.contains(participantId);
  }
}
