package dev.amphi.composer.scene;

/**
 * Decides who leads by voice, without flicker: the loudest must stay so for two seconds, and no
 * leader is replaced before four seconds.
 */
final class ActiveSpeaker {
  private static final long HYSTERESIS_NANOS = 2_000_000_000L;
  private static final long SHOT_NANOS = 4_000_000_000L;

  private String leader = "";
  private String candidate = "";
  private long candidateSinceNanos;
  private long leaderSinceNanos;

  /** Hears who is loudest; "" for nobody. */
  void loudest(String participantId, long nowNanos) {
    if (!participantId.equals(candidate)) {
      candidate = participantId;
      candidateSinceNanos = nowNanos;
    }
  }

  /** Who leads now; "" before anybody spoke for long enough. */
  String leader(long nowNanos) {
    boolean steady = nowNanos - candidateSinceNanos >= HYSTERESIS_NANOS;
    boolean shown = leader.isEmpty() || nowNanos - leaderSinceNanos >= SHOT_NANOS;
    if (!candidate.isEmpty() && !candidate.equals(leader) && steady && shown) {
      leader = candidate;
      leaderSinceNanos = nowNanos;
    }
    return leader;
  }

  void left(String participantId) {
    if (leader.equals(participantId)) {
      leader = "";
    }
    if (candidate.equals(participantId)) {
      candidate = "";
    }
  }
}
