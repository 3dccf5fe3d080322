package dev.amphi.interactive.pipeline;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.bandwidth.BandwidthEstimator;
import dev.amphi.interactive.bandwidth.BandwidthLimits;
import dev.amphi.interactive.bandwidth.BandwidthStats;
import dev.amphi.interactive.bandwidth.Pacer;
import dev.amphi.interactive.fec.RedundancyAllowance;
import dev.amphi.interactive.rtp.ByteFields;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.TransportArrivals;
import dev.amphi.interactive.send.RtpOutput;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderOutput;
import java.util.List;

/** The way out of one transport: all senders share its one estimator and its one pacer. */
final class SendPath implements Pacer.Padding {
  /** RFC 3550 §5.1. */
  private static final int SSRC_AT = 8;

  private final List<RtpSender> senders;
  private final BandwidthEstimator estimator;
  private final Pacer pacer;
  private final RedundancyAllowance redundancy = new RedundancyAllowance();

  SendPath(EndpointConfig config, List<RtpSender> senders, SenderOutput output) {
    this.senders = senders;
    this.estimator = new BandwidthEstimator(BandwidthLimits.DEFAULT, config.paced());
    this.pacer = new Pacer(estimator, config.extensions(), config.ntp(), output::sendRtp, this);
  }

  /** The way out for one sender. */
  RtpOutput outputFor(SenderConfig config) {
    boolean audio = config.payloadTypes().containsKey(Codec.OPUS);
    return new RtpOutput() {
      @Override
      public void sendRtp(byte[] buffer, int offset, int length, long nowNanos) {
        pacer.send(buffer, offset, length, kind(config, audio, buffer, offset), nowNanos);
      }

      @Override
      public int recall(int newest, long nowNanos) {
        return audio ? 0 : pacer.recall(config.ssrc(), config.rtxSsrc(), newest, nowNanos);
      }
    };
  }

  private static Pacer.Kind kind(SenderConfig config, boolean audio, byte[] buffer, int offset) {
    if (audio) {
      return Pacer.Kind.AUDIO;
    }
    boolean again = ByteFields.u32(buffer, offset + SSRC_AT) == config.rtxSsrc();
    return again ? Pacer.Kind.RETRANSMISSION : Pacer.Kind.VIDEO;
  }

  @Override
  public int sendPadding(int bytes, long nowNanos) {
    for (int i = 0; i < senders.size(); i++) {
      RtpSender sender = senders.get(i);
      int sent = numbered(sender) ? sender.sendPadding(bytes, nowNanos) : 0;
      if (sent > 0) {
        return sent;
      }
    }
    return 0;
  }

  void discard(RtpSender sender) {
    pacer.discard(sender.config().ssrc());
    pacer.discard(sender.config().rtxSsrc());
    pacer.discard(sender.config().parity().ssrc());
  }

  /** The way is open: what it carries is looked at before media does. */
  void connected() {
    for (int i = 0; i < senders.size(); i++) {
      if (numbered(senders.get(i))) {
        estimator.start();
      }
    }
  }

  /** Everything takes another way from now on. */
  void moved() {
    estimator.moved();
  }

  private static boolean numbered(RtpSender sender) {
    return sender.config().extensions().id(HeaderExtension.TRANSPORT_CC) > 0;
  }

  void onFeedback(TransportArrivals arrivals, long nowNanos) {
    estimator.onFeedback(arrivals, nowNanos);
    allowRedundancy(nowNanos);
  }

  void onReceiverEstimate(long bitrateBps, long nowNanos) {
    estimator.onReceiverEstimate(bitrateBps);
    allowRedundancy(nowNanos);
  }

  private void allowRedundancy(long nowNanos) {
    long sound = 0;
    for (int i = 0; i < senders.size(); i++) {
      sound += senders.get(i).soundBytes();
    }
    redundancy.update(estimator.targetBps(), estimator.overuses(), sound, nowNanos);
    for (int i = 0; i < senders.size(); i++) {
      senders.get(i).allow(redundancy);
    }
  }

  BandwidthEstimator estimator() {
    return estimator;
  }

  void poll(long nowNanos) {
    pacer.poll(nowNanos);
  }

  long nextDeadlineNanos() {
    return pacer.nextDeadlineNanos();
  }

  BandwidthStats stats(long nowNanos) {
    return pacer.stats(nowNanos);
  }
}
