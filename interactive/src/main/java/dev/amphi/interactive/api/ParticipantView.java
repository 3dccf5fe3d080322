package dev.amphi.interactive.api;

import java.util.List;

/**
 * A participant as others see it; the REST and signalling shape {@code
 * {id,name,role,state,tracks,consent}}.
 *
 * @param consent whether it may be in the program
 */
public record ParticipantView(
    String id, String name, Role role, StageState state, List<TrackView> tracks, Consent consent) {
  /** Of somebody who never said anything about the program. */
  public ParticipantView(
      String id, String name, Role role, StageState state, List<TrackView> tracks) {
    this(id, name, role, state, tracks, Consent.UNSTATED);
  }

  /** Whether picture and sound belong into the program. */
  public boolean inProgram() {
    return state == StageState.ON_STAGE && consent.allows();
  }
}
