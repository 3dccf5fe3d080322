package dev.amphi.cluster.room;

/**
 * The right to publish for a room, until a moment of this machine's monotonic clock. It starts when
 * the granting or renewing request was <em>sent</em>, so that a node which was paused finds its
 * lease over when it wakes. Confined to the room's loop.
 */
public final class RoomLease {
  /** How long a lease lasts after the request that renewed it was sent. */
  public static final long DURATION_NANOS = 6_000_000_000L;

  /** How often it is renewed. */
  public static final long RENEWAL_NANOS = 2_000_000_000L;

  private final String roomId;
  private final long epoch;
  private long validUntilNanos;
  private long nextRenewalNanos;

  public RoomLease(String roomId, long epoch, long requestedAtNanos) {
    this.roomId = roomId;
    this.epoch = epoch;
    renewed(requestedAtNanos);
  }

  /** The room that may be published. */
  public String roomId() {
    return roomId;
  }

  /** The epoch that everything published carries. */
  public long epoch() {
    return epoch;
  }

  /** Whether the owner may still publish. */
  public boolean isValid(long nowNanos) {
    return nowNanos - validUntilNanos < 0;
  }

  /** Whether a renewal is to be asked for now; each asking postpones the next. */
  public boolean renewalDue(long nowNanos) {
    if (nowNanos - nextRenewalNanos < 0) {
      return false;
    }
    nextRenewalNanos = nowNanos + RENEWAL_NANOS;
    return true;
  }

  /** The registry renewed it; the request had been sent at this time. */
  public void renewed(long requestedAtNanos) {
    validUntilNanos = requestedAtNanos + DURATION_NANOS;
    nextRenewalNanos = requestedAtNanos + RENEWAL_NANOS;
  }

  /** The registry refused: nothing may be published from now on. */
  public void lost(long nowNanos) {
    validUntilNanos = nowNanos;
  }
}
