package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.signal.Negotiation;

/**
 * How much one room may hold.
 *
 * @param people connected participants, viewers included
 * @param mediaSessions peer connections
 * @param slotsPerSession tracks that one participant can receive at a time
 * @param publicationsPerSession tracks that one participant can send
 */
public record RoomLimits(
    int people, int mediaSessions, int slotsPerSession, int publicationsPerSession) {
  /** What one node of four cores bears. */
  public static final RoomLimits DEFAULT = new RoomLimits(5000, 200, 64, 4);

  /** The same, with another number of peer connections. */
  public RoomLimits withMediaSessions(int sessions) {
    return new RoomLimits(people, sessions, slotsPerSession, publicationsPerSession);
  }

  /** Refuses an offer of too many sections with 409 {@code too_many}. */
  void check(Negotiation negotiation) throws Refusal {
    long sent = negotiation.sections().stream().filter(s -> s.incoming() != null).count();
    long slots = negotiation.sections().stream().filter(s -> s.outgoing() != null).count();
    if (sent > publicationsPerSession) {
      throw new Refusal(
          409,
          "too_many",
          "The offer publishes "
              + sent
              + " tracks; at most "
              + publicationsPerSession
              + " may be.");
    }
    if (slots > slotsPerSession) {
      throw new Refusal(
          409,
          "too_many",
          "The offer asks for " + slots + " slots; at most " + slotsPerSession + " may be.");
    }
  }
}
