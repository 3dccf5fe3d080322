package dev.amphi.interactive.room;

import dev.amphi.interactive.api.Grant;
import dev.amphi.interactive.api.Refusal;
import dev.amphi.interactive.api.Right;
import dev.amphi.interactive.api.Role;
import dev.amphi.interactive.api.TrackView.Source;
import java.time.Instant;
import java.util.Set;

/** What a peer connection made over HTTP is held by: its maker's newest token. Thread-safe. */
public final class Credential {
  private final SignalDoor door;
  private final Set<Source> published;
  private final Runnable renewed;
  private volatile Grant grant;

  /**
   * @param published what the connection sends; its token has to grant it for as long
   * @param renewed told, on any thread, when another token has come
   */
  Credential(Grant grant, Set<Source> published, SignalDoor door, Runnable renewed) {
    this.renewed = renewed;
    this.grant = grant;
    this.published = published;
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

  /**
   * The maker comes with another token: from now on that one decides. Refused with 403 when it does
   * not grant what is sent.
   */
  public void renew(Grant next) throws Refusal {
    if (!published.isEmpty()) {
      requirePublisher(next);
      Rights.publish(next, published);
    }
    grant = next;
    renewed.run();
  }

  /** Refuses a viewer's token. */
  static void requirePublisher(Grant grant) throws Refusal {
    if (grant.role() == Role.VIEWER) {
      throw new Refusal(
          403,
          "not_allowed",
          "A viewer's token cannot publish: ask for a token with the role instructor, moderator or"
              + " student.");
    }
  }
}
