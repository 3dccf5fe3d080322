package dev.amphi.packager.web;

/** Decides who may watch; the server implements it on room tokens. Thread-safe, never blocks. */
public interface AudienceGate {
  /**
   * Whether the bearer of a token may watch a room.
   *
   * @param tokenOrEmpty "" when the request carries none: true only where the audience is open
   */
  boolean mayWatch(String roomId, String tokenOrEmpty);

  /**
   * Whether a request comes from an edge (a caching proxy of ours) that asks {@code admission} for
   * each viewer itself: what it gets may be kept for all whom that lets in.
   *
   * @param edgeKey what the request carries as {@code Amphi-Edge}
   */
  default boolean isEdge(String edgeKey) {
    return false;
  }
}
