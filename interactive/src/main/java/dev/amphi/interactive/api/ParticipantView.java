package dev.amphi.interactive.api;

import java.util.List;

/**
 * A participant as others see it; the REST and signalling shape {@code
 * {id,name,role,state,tracks}}.
 */
public record ParticipantView(
    String id, String name, Role role, StageState state, List<TrackView> tracks) {}
