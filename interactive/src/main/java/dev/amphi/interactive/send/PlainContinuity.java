package dev.amphi.interactive.send;

import dev.amphi.interactive.rtp.RtpPacket;

/** For codecs whose payload numbers nothing and has no layers: Opus, H.264. */
final class PlainContinuity implements Continuity {
  @Override
  public void start() {}

  @Override
  public void target(int spatial, int temporal) {}

  @Override
  public boolean needsKeyFrame() {
    return false;
  }

  @Override
  public boolean take(RtpPacket packet) {
    return true;
  }

  @Override
  public boolean marker(RtpPacket packet) {
    return packet.marker();
  }

  @Override
  public long given() {
    return 0;
  }

  @Override
  public boolean append(RtpPacket out, RtpPacket packet, long given) {
    return out.appendPayload(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
  }
}
