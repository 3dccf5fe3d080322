package dev.amphi.interactive.receive;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.rtp.RtpPacket;

/** Where the packets and frames of one published stream go. Called on the room's loop. */
public interface ReceiverOutput {
  /**
   * A genuine new packet, in order of arrival; a retransmitted one in the form it had at first.
   *
   * @param packet valid only during the call; not to be changed
   * @param startsKeyFrame whether decoding can start at this packet; always true for audio
   */
  void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos);

  /** A complete, decodable frame, in order. */
  void frame(EncodedFrame frame);

  /**
   * The stream began anew: numbers and times of what comes have nothing to do with those before.
   */
  default void restarted(long nowNanos) {}
}
