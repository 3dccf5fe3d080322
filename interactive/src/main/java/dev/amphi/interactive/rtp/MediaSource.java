package dev.amphi.interactive.rtp;

import dev.amphi.interactive.api.TrackView.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A stream of RTP packets that can be forwarded: a publisher's, or one that this process makes
 * itself. Confined to the loop of its room.
 */
public interface MediaSource {
  /** What the packets carry. */
  Codec codec();

  /** The ids that the packets' header extensions have. */
  HeaderExtensions extensions();

  /** What is known about the sender's wall clock. */
  StreamClock clock();

  /** Asks the encoder for a key frame; throttled and repeated until one comes. */
  void requestKeyFrame(long nowNanos);

  /**
   * Its newest packets, kept from the first call on. A packet is put there before it is forwarded.
   */
  PacketHistory history();

  /** Whether others watch it too, so that one watcher's requests must be limited. */
  boolean shared();

  /** Whether its sender thinks redundancy worth while, so that others should have it too. */
  default boolean redundant() {
    return false;
  }

  /**
   * The parameter sets in one payload, to go before a key frame that came without (H.264); null
   * when there are none. Allocates.
   */
  default byte @Nullable [] parameterSets() {
    return null;
  }
}
