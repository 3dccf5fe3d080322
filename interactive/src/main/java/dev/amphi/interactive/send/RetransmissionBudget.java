package dev.amphi.interactive.send;

/**
 * Bytes that may be spent on repair, by retransmissions and by parity together: half of what is
 * sent first-hand, saved up to a limit, so that a receiver that asks for everything gets no more
 * than that.
 */
final class RetransmissionBudget {
  private static final int LIMIT_BYTES = 128 << 10;
  private static final int RESERVE_BYTES = LIMIT_BYTES / 4;
  private static final int SHARE = 2;

  private int bytes = LIMIT_BYTES / 2;

  /** Media was sent. */
  void earn(int sentBytes) {
    bytes = Math.min(LIMIT_BYTES, bytes + sentBytes / SHARE);
  }

  /** Whether {@code count} bytes may be sent again; they are taken when so. */
  boolean spend(int count) {
    if (count > bytes) {
      return false;
    }
    bytes -= count;
    return true;
  }

  /** As {@link #spend}, from what retransmissions are not likely to need. */
  boolean spendSpare(int count) {
    return bytes - count >= RESERVE_BYTES && spend(count);
  }
}
