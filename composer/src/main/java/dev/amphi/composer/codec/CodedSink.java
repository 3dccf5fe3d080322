package dev.amphi.composer.codec;

import java.nio.ByteBuffer;

/** Takes coded access units from an encoder, in decode order. */
public interface CodedSink {
  /**
   * A coded access unit is there.
   *
   * @param payload valid during the call only
   * @param timeTicks the presentation time in the encoder's ticks
   * @param sync whether decoding can start here
   */
  void coded(ByteBuffer payload, long timeTicks, boolean sync);
}
