package dev.amphi.interactive.signal;

import java.util.Locale;

/** Which way media flows in a section (RFC 8866 §6.7), seen by whoever wrote the description. */
public enum Direction {
  SENDRECV(true, true),
  SENDONLY(true, false),
  RECVONLY(false, true),
  INACTIVE(false, false);

  private final boolean sends;
  private final boolean receives;

  Direction(boolean sends, boolean receives) {
    this.sends = sends;
    this.receives = receives;
  }

  boolean sends() {
    return sends;
  }

  boolean receives() {
    return receives;
  }

  static Direction of(boolean sends, boolean receives) {
    if (sends) {
      return receives ? SENDRECV : SENDONLY;
    }
    return receives ? RECVONLY : INACTIVE;
  }

  /** The word in SDP. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
