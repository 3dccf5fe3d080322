package dev.amphi.interactive.bandwidth;

/**
 * Groups packets that left within 5 ms and tells how much further apart two groups arrived than
 * they left (draft-ietf-rmcat-gcc-02 §5.2), with libwebrtc's rule for bursts: what was held up on
 * the way and comes at once is one group.
 */
final class InterArrival {
  private static final long GROUP_NANOS = 5_000_000;
  private static final long MAX_BURST_NANOS = 100_000_000;
  private static final long JUMP_NANOS = 3_000_000_000L;
  private static final int MAX_REORDERED = 3;
  private static final long NONE = Long.MIN_VALUE;

  private long firstSent = NONE;
  private long lastSent;
  private long firstArrived;
  private long lastArrived;
  private long previousSent = NONE;
  private long previousArrived;
  private int reordered;
  private long sentDelta;
  private long arrivedDelta;

  /** Takes a packet; true when it completed a group that can be compared with the one before. */
  boolean onPacket(long sent, long arrived) {
    if (firstSent == NONE) {
      begin(sent, arrived);
      return false;
    }
    if (sent < firstSent) {
      return false; // overtaken by a whole group
    }
    boolean compared = false;
    if (startsGroup(sent, arrived)) {
      compared = compare();
      if (firstSent == NONE) { // the far side's clock jumped
        begin(sent, arrived);
        return false;
      }
      previousSent = lastSent;
      previousArrived = lastArrived;
      begin(sent, arrived);
    }
    lastSent = Math.max(lastSent, sent);
    lastArrived = Math.max(lastArrived, arrived);
    return compared;
  }

  private void begin(long sent, long arrived) {
    firstSent = sent;
    lastSent = sent;
    firstArrived = arrived;
    lastArrived = arrived;
  }

  private boolean startsGroup(long sent, long arrived) {
    long apart = arrived - lastArrived;
    long sentApart = sent - lastSent;
    boolean burst =
        sentApart == 0
            || (apart < sentApart
                && apart <= GROUP_NANOS
                && arrived - firstArrived < MAX_BURST_NANOS);
    return !burst && sent - firstSent > GROUP_NANOS;
  }

  private boolean compare() {
    if (previousSent == NONE) {
      return false;
    }
    sentDelta = lastSent - previousSent;
    arrivedDelta = lastArrived - previousArrived;
    if (Math.abs(arrivedDelta - sentDelta) > JUMP_NANOS) {
      reset();
      return false;
    }
    if (arrivedDelta < 0) {
      if (++reordered >= MAX_REORDERED) {
        reset();
      }
      return false;
    }
    reordered = 0;
    return true;
  }

  void reset() {
    firstSent = NONE;
    previousSent = NONE;
    reordered = 0;
  }

  /** How far apart the two groups left. */
  long sentDeltaNanos() {
    return sentDelta;
  }

  /** How far apart they arrived. */
  long arrivedDeltaNanos() {
    return arrivedDelta;
  }

  /** When the newer group arrived. */
  long arrivedNanos() {
    return previousArrived;
  }
}
