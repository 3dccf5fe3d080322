package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.signal.ServerMessage;
import java.time.Duration;
import java.time.Instant;

/** Tells people that their token runs out, and lets them go when it has. */
final class Expiry {
  /** How long before the end somebody is told. */
  static final Duration WARNING = Duration.ofSeconds(60);

  private Expiry() {}

  /** Looks at somebody with a signalling session; media over HTTP has a credential of its own. */
  static void check(Room room, Participant participant, SignalSession signal, Instant now) {
    Grant grant = participant.grant();
    if (grant.anonymous()) {
      return;
    }
    Duration left = Duration.between(now, grant.expiresAt());
    if (!left.isPositive()) {
      room.exit().expired(participant);
    } else if (left.compareTo(WARNING) <= 0 && !participant.warned()) {
      participant.warned(true);
      signal.send(
          room.encoder()
              .body(new ServerMessage.TokenExpiring(grant.expiresAt(), left.toSeconds() + 1)),
          room.now());
    }
  }
}
