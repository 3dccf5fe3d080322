package dev.amphi.interactive.send;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.NtpTime;
import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;
import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.Packetizer;

/** Frames made in this process, packetized for one {@link RtpSender} that shows this source. */
public final class LocalSource implements MediaSource {
  private final Codec codec;
  private final NtpClock ntp;
  private final StreamClock clock;
  private final Runnable keyFrameWanted;
  private final RtpSender sender;
  private final Packetizer packetizer;
  private final Depacketizer detector;
  private final Packetizer.PayloadSink sink = this::sendPayload;
  private final byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
  private final RtpPacket packet = new RtpPacket();
  private final PacketHistory history = new PacketHistory();
  private int sequence;
  private long timestamp;
  private long nowNanos;

  /**
   * A source for one slot, which it is shown in from now on.
   *
   * @param keyFrameWanted run on the caller's loop when a receiver cannot decode
   */
  public LocalSource(
      Codec codec, RtpSender sender, NtpClock ntp, Runnable keyFrameWanted, long nowNanos) {
    this.codec = codec;
    this.ntp = ntp;
    this.clock = new StreamClock(codec.clockRate(), new NtpAlignment(ntp));
    this.keyFrameWanted = keyFrameWanted;
    this.sender = sender;
    // RFC 3550 §5.1 wants a random start; below 2^15, so that SRTP's first guess is right (RFC 3711
    // §3.3.1).
    this.sequence = (int) sender.ssrc() & 0x7FFF;
    this.packetizer = Packetizer.of(codec);
    this.detector = Depacketizer.of(codec);
    if (!sender.switchTo(this, nowNanos)) {
      throw new IllegalArgumentException("The slot did not negotiate " + codec);
    }
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public HeaderExtensions extensions() {
    return HeaderExtensions.NONE;
  }

  @Override
  public StreamClock clock() {
    return clock;
  }

  @Override
  public void requestKeyFrame(long nowNanos) {
    keyFrameWanted.run();
  }

  @Override
  public PacketHistory history() {
    return history;
  }

  @Override
  public boolean shared() {
    return false;
  }

  /**
   * Sends one frame. Nothing leaves before the first key frame.
   *
   * @param frame one VP8 frame, one Opus packet or one H.264 access unit in Annex B form
   * @param timestamp in units of the codec's clock rate; any 64-bit value, sent modulo 2^32
   */
  public void send(byte[] frame, int offset, int length, long timestamp, long nowNanos) {
    this.timestamp = timestamp;
    this.nowNanos = nowNanos;
    clock.onReport(NtpTime.fromNanos(ntp.ntpNanos(nowNanos)), timestamp, nowNanos);
    packetizer.packetize(frame, offset, length, sink);
  }

  private void sendPayload(byte[] payload, int offset, int length, boolean last) {
    packet.create(buffer, 0, buffer.length, 0, last);
    packet.sequence(sequence);
    packet.timestamp(timestamp);
    if (packet.appendPayload(payload, offset, length)) {
      sequence = (sequence + 1) & 0xFFFF;
      history.put(packet, nowNanos);
      sender.forward(packet, detector.startsKeyFrame(payload, offset, length), nowNanos);
    }
  }
}
