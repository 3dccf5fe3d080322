package dev.amphi.interactive.api;

import java.util.List;
import java.util.Locale;

/**
 * What a browser measured of its own peer connection (getStats) since the digest before: figures
 * only, no address, no label, no name. Numbers are negative, and texts empty, while unknown.
 *
 * @param last whether the peer connection is over, and this is the rest
 * @param seconds that it covers
 */
public record ClientDigest(boolean last, double seconds, Path path, List<Track> tracks) {
  public ClientDigest {
    tracks = List.copyOf(tracks);
  }

  /** What kind a candidate is (RFC 8445 §5.1.1); {@code UNKNOWN} while no pair is selected. */
  public enum Candidate {
    UNKNOWN,
    HOST,
    SRFLX,
    PRFLX,
    RELAY;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What carries a pair, or leads to the relay. */
  public enum Protocol {
    UNKNOWN,
    UDP,
    TCP,
    TLS;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Why an encoder gives less than it could (webrtc-stats, {@code qualityLimitationReason}). */
  public enum Limit {
    UNKNOWN,
    NONE,
    CPU,
    BANDWIDTH,
    OTHER;

    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * The selected pair, seen from the browser.
   *
   * @param relayProtocol how it reaches its relay, where the local candidate is one
   * @param roundTripMillis of the last check
   */
  public record Path(
      Candidate local,
      Candidate remote,
      Protocol protocol,
      Protocol relayProtocol,
      double roundTripMillis) {}

  /**
   * One stream.
   *
   * @param direction seen from the browser's person: {@code UP} is published
   * @param layer the simulcast layer's name, or ""
   * @param codec without parameters, as {@code VP8}
   * @param frames encoded or decoded
   * @param freezeMillis how long pictures stood still in all
   * @param packetsLost of what came (down), or as the node reported (up)
   * @param jitterMillis of what came (down), or as the node reported (up)
   * @param bufferMillis how long the average frame or sample waited in the jitter buffer
   * @param samples of sound that were played
   * @param concealedSamples those of them that were made up
   * @param encoder its name, as {@code libvpx}
   * @param retransmitted packets sent or received again
   */
  public record Track(
      LinkSample.Direction direction,
      TrackView.Kind kind,
      String layer,
      String codec,
      long width,
      long height,
      double framesPerSecond,
      long frames,
      long framesDropped,
      long freezes,
      double freezeMillis,
      long packets,
      long packetsLost,
      double jitterMillis,
      double bufferMillis,
      long samples,
      long concealedSamples,
      Limit limit,
      String encoder,
      long retransmitted) {}
}
