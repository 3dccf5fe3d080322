package dev.amphi.interactive.api;

import java.time.Duration;

/**
 * What becomes of peer connections, for the operator's metrics. Told on the rooms' loops;
 * implementations must not block.
 */
public interface StageMeter {
  /** Measures nothing. */
  StageMeter NONE = new StageMeter() {};

  /** How a peer connection that never came up ended. */
  enum Failure {
    /** No address pair was proved: a network that lets nothing through, or somebody who left. */
    ICE,
    /** There was a way, but the handshake over it failed. */
    DTLS
  }

  /** What carries a path. */
  enum Way {
    UDP,
    TCP
  }

  /**
   * A peer connection came up.
   *
   * @param setUp from the offer until media could flow
   */
  default void callConnected(Duration setUp, Way way) {}

  /** A peer connection was given up before media could flow. */
  default void callFailed(Failure failure) {}

  /** A path found another way while media went on (an ICE restart that was followed). */
  default void callRestarted() {}

  /** A lost socket came back; {@code resumed} when the session went on. */
  default void signallingReturned(boolean resumed) {}
}
