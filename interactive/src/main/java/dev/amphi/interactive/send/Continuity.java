package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.RtpPacket;

/**
 * Keeps what a decoder reads inside one codec's packets running on, when the source changes and
 * when layers are left out. Packets come in any order; which layers pass changes only where the
 * codec says that decoding can follow.
 */
sealed interface Continuity permits PlainContinuity, Vp8Continuity, Vp9Continuity, Av1Continuity {
  /** The ids of the source's header extensions, and of those that go out. */
  default void extensions(HeaderExtensions in, HeaderExtensions out) {}

  /** The next packet is the first of another source, and decoding starts there. */
  void start();

  /**
   * The layers that are wanted: all up to these. Down at the next picture, up where the codec
   * allows it.
   */
  void target(int spatial, int temporal);

  /** Whether a layer that is wanted, and is sent, can only be added at a key frame. */
  boolean needsKeyFrame();

  /** Whether the packet is of a layer that passes; one that does not leaves no hole. */
  boolean take(RtpPacket packet);

  /** Whether a packet that was just taken is the last that goes out of its picture. */
  boolean marker(RtpPacket packet);

  /** What {@link #append} writes into the packet that was just taken, all in one number. */
  long given();

  /**
   * Adds the payload of a packet with what was {@link #given} to it, now or whenever it is sent
   * again, whatever was taken since; false when it does not fit.
   */
  boolean append(RtpPacket out, RtpPacket packet, long given);
}
