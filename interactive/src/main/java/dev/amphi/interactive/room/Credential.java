package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Right;
import java.time.Instant;

/** What a peer connection made over HTTP is held by: its maker's newest token. Thread-safe. */
public final class Credential {
  private final SignalDoor door;
  private volatile Grant grant;

  Credential(Grant grant, SignalDoor door) {
    this.grant = grant;
    this.door = door;
  }

  Grant grant() {
    return grant;
  }

  /** Whether it was made without a token, so that nothing but the URL proves whose it is. */
  public boolean anonymous() {
    return grant.anonymous();
  }

  boolean expired(Instant now) {
    return !grant.expiresAt().isAfter(now);
  }

  /** Whether somebody is the maker. */
  public boolean belongsTo(Grant other) {
    return other.participantId().equals(grant.participantId());
  }

  /** Whether somebody may end it though it is another's, as what a moderator made of him. */
  public boolean yieldsTo(Grant other) {
    return door.role(other).moderates() && other.may(Right.MODERATE);
  }

  /** The maker comes with another token: from now on that one decides. */
  public void renew(Grant next) {
    grant = next;
  }
}
