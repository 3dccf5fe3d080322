package dev.amphi.cluster.room;

/**
 * What was decided about somebody and a room. Of two decisions about the same person the one that
 * runs out later holds, so that all nodes agree in whatever order they hear of them.
 *
 * @param untilSeconds when it runs out, in seconds since 1970
 * @param takenBack whether a removal was taken back, instead of decided
 */
public record Removal(String roomId, String participantId, long untilSeconds, boolean takenBack) {}
