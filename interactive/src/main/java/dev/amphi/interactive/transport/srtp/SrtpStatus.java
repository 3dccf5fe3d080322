package dev.amphi.interactive.transport.srtp;

/** How it went with one packet. */
public enum SrtpStatus {
  OK,
  /** Wrong tag, cut short, or no packet at all. */
  NOT_AUTHENTIC,
  /** Came before, or is older than the window tells (RFC 3711 §3.3.2). */
  REPLAYED,
  /** One source too many. */
  TOO_MANY_SOURCES
}
