package dev.amphi.interactive.api;

/**
 * How one stream between a participant and the node did since the last time somebody looked.
 *
 * @param direction seen from the participant
 * @param layer the simulcast layer's name, or "" where there is one encoding only
 * @param bitsPerSecond including RTP headers
 * @param lossFraction 0 to 1; up: after retransmission, down: as the receiver last reported
 * @param jitterMillis of what arrives at the node; negative while unknown, and always for down
 * @param roundTripMillis to the participant; negative while unknown, and always for up
 */
public record LinkSample(
    Direction direction,
    TrackView.Kind kind,
    String layer,
    double bitsPerSecond,
    double lossFraction,
    double jitterMillis,
    double roundTripMillis) {
  /** Which way the stream goes. */
  public enum Direction {
    /** Published by the participant. */
    UP,
    /** Sent to the participant. */
    DOWN
  }
}
