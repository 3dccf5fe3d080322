package dev.amphi.interactive.rtp.codec;

/** Opus (RFC 7587 §4.2): the packet is the payload. */
public final class OpusPacketizer implements Packetizer {
  @Override
  public void packetize(byte[] frame, int offset, int length, PayloadSink sink) {
    sink.payload(frame, offset, length, false);
  }
}
