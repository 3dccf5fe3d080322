package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.bandwidth.TransportSequencer;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverFeedback;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderOutput;

/**
 * The media of one transport, between SRTP and the room: finds each packet's stream (RFC 8843
 * §9.2), hands RTCP to whom it concerns, and sends reports and feedback. Sans-I/O, confined to the
 * room's loop.
 */
public final class MediaEndpoint implements ReceiverFeedback {
  private final EndpointConfig config;
  private final SenderOutput output;
  private final TransportSequencer sequencer = new TransportSequencer();

  /** An endpoint without streams. */
  public MediaEndpoint(EndpointConfig config, SenderOutput output) {
    this.config = config;
    this.output = output;
  }

  /** Starts to receive a published stream. */
  public RtpReceiver receive(ReceiverConfig config, ReceiverOutput output) {
    return new RtpReceiver(config, this, output);
  }

  /** Stops to receive a stream; its packets are dropped from now on. */
  public void remove(RtpReceiver receiver) {}

  /** Opens a subscription slot. */
  public RtpSender send(SenderConfig config) {
    return new RtpSender(config, sequencer, this.config.ntp(), output);
  }

  /** Closes a slot and says BYE for it. */
  public void remove(RtpSender sender, long nowNanos) {}

  /** Takes an unprotected RTP packet; the buffer may be changed in place. */
  public void onRtp(byte[] buffer, int offset, int length, long nowNanos) {}

  /** Takes an unprotected compound RTCP packet. */
  public void onRtcp(byte[] buffer, int offset, int length, long nowNanos) {}

  /** Sends what is due. */
  public void poll(long nowNanos) {}

  /** When {@link #poll} wants to be called next, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    return Long.MAX_VALUE;
  }

  @Override
  public void sendNack(long mediaSsrc, int[] sequences, int count) {}

  @Override
  public void sendPictureLoss(long mediaSsrc) {}
}
