package dev.amphi.packager.web;

/** Decides who may watch; the server implements it on room tokens. Thread-safe, never blocks. */
public interface AudienceGate {
  /**
   * Whether the bearer of a token may watch a room.
   *
   * @param tokenOrEmpty "" when the request carries none: true only where the audience is open
   */
  boolean mayWatch(String roomId, String tokenOrEmpty);
}
