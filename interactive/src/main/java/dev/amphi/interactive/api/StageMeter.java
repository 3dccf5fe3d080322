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
    /** UDP, straight to the participant. */
    UDP,
    /** TCP, straight to the participant. */
    TCP,
    /** A TURN relay, however the participant reaches it. */
    RELAY
  }

  /** What became of a client that came back for its session. */
  enum Return {
    /** The session went on; what was missed came again. */
    RESUMED,
    /** The session went on; too much was missed, so the room was told anew. */
    SNAPSHOT,
    /** The session was over: a new one began. */
    FAILED
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

  /** A lost socket came back. */
  default void signallingReturned(Return outcome) {}

  /** Whether browsers are asked for what they measure; the operator's choice, the same always. */
  default boolean asksBrowsers() {
    return false;
  }

  /**
   * A browser told what it measured.
   *
   * @param link a made-up name, the same for all digests of one peer connection; names nobody
   * @param json the digest as a JSON object, known fields only
   */
  default void browserMeasured(String roomId, String link, ClientDigest digest, String json) {}

  /** Why a digest was not taken. */
  enum DigestRefusal {
    /** It came too soon after the others. */
    TOO_MANY,
    /** The operator did not ask, or there is no peer connection. */
    NOT_ASKED
  }

  /** A browser's digest was dropped. */
  default void digestRefused(DigestRefusal why) {}

  /**
   * A command or a message on a signalling socket was refused.
   *
   * @param code as {@code docs/signalling.md} lists them
   */
  default void commandRefused(String code) {}
}
