package dev.amphi.server.push;

import java.util.Locale;

/** Where a push stands. */
public enum PushState {
  /** The class is not on air. */
  STOPPED,
  /** The platform is asked to take it. */
  CONNECTING,
  /** Media goes there. */
  LIVE,
  /** It broke or was refused, and is tried again in a moment. */
  RETRYING,
  /** It is not tried any more: what was asked for has to be corrected. */
  FAILED;

  /** The word in JSON and metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
