package dev.amphi.interactive.bandwidth;

/** Numbers the packets of one transport, all streams together (transport-cc §2). */
public final class TransportSequencer {
  private int next;

  /** The next number, 0 to 65535. */
  public int next() {
    int current = next;
    next = (next + 1) & 0xFFFF;
    return current;
  }
}
