package dev.amphi.interactive.room;

import dev.amphi.interactive.api.ProgramFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.NtpTime;
import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;
import dev.amphi.interactive.rtp.codec.Depacketizer;
import dev.amphi.interactive.rtp.codec.Packetizer;
import dev.amphi.interactive.send.RtpSender;
import java.util.Arrays;

/**
 * One stream of the program on its way to those who watch it: cut into packets once, forwarded to
 * every slot like a publisher's. It makes no key frame on demand, because the broadcast's segments
 * begin where the program's key frames are: the next comes by itself within 1.6 seconds.
 */
final class ProgramSource implements MediaSource {
  private static final RtpSender[] NOBODY = {};

  private final Codec codec;
  private final StreamClock clock;
  private final Packetizer packetizer;
  private final Depacketizer detector;
  private final Packetizer.PayloadSink sink = this::forward;
  private final byte[] buffer = new byte[RtpPacket.MAX_LENGTH];
  private final RtpPacket packet = new RtpPacket();
  private final PacketHistory history = new PacketHistory();
  private final RenditionRate rate;
  private RtpSender[] senders = NOBODY;
  private int epoch = -1;
  private int sequence;
  private long timestamp;
  private long nowNanos;

  /**
   * @param rate measures what it costs
   */
  ProgramSource(Codec codec, NtpAlignment alignment, RenditionRate rate) {
    this.rate = rate;
    this.codec = codec;
    this.clock = new StreamClock(codec.clockRate(), alignment);
    this.packetizer = Packetizer.of(codec);
    this.detector = Depacketizer.of(codec);
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
  public void requestKeyFrame(long nowNanos) {}

  @Override
  public PacketHistory history() {
    return history;
  }

  @Override
  public boolean shared() {
    return true;
  }

  /** Shows it in a slot, from its next key frame on; until then what the slot shows goes on. */
  void showIn(RtpSender slot, long nowNanos) {
    if (!Arrays.asList(senders).contains(slot)) {
      RtpSender[] more = Arrays.copyOf(senders, senders.length + 1);
      more[senders.length] = slot;
      senders = more;
    }
    if (slot.source() == null) {
      slot.switchTo(this, nowNanos);
    } else {
      slot.turnTo(this, nowNanos);
    }
  }

  private boolean concerns(RtpSender slot) {
    return slot.source() == this || slot.next() == this;
  }

  /** Lets go of the slots that show something else by now; true when none is left. */
  boolean settle() {
    for (RtpSender slot : senders) {
      if (!concerns(slot)) {
        senders = Arrays.stream(senders).filter(this::concerns).toArray(RtpSender[]::new);
        break;
      }
    }
    return senders.length == 0;
  }

  /** Sends one frame to everybody. */
  void frame(ProgramFrame frame, byte[] bytes, long nowNanos) {
    if (frame.epoch() != epoch) {
      epoch = frame.epoch();
      for (RtpSender sender : senders) {
        if (sender.source() == this) {
          sender.switchTo(null, nowNanos);
          sender.switchTo(this, nowNanos);
        }
      }
    }
    this.nowNanos = nowNanos;
    this.timestamp = frame.timestampTicks();
    clock.onReport(NtpTime.fromNanos(frame.ntpNanos()), timestamp, nowNanos);
    packetizer.packetize(bytes, 0, bytes.length, sink);
  }

  private void forward(byte[] payload, int offset, int length, boolean last) {
    packet.create(buffer, 0, buffer.length, 0, last);
    packet.sequence(sequence);
    packet.timestamp(timestamp);
    if (!packet.appendPayload(payload, offset, length)) {
      return;
    }
    sequence = (sequence + 1) & 0xFFFF;
    rate.add(packet.length(), nowNanos);
    history.put(packet, nowNanos);
    boolean startsKeyFrame = detector.startsKeyFrame(payload, offset, length);
    for (RtpSender sender : senders) {
      sender.forward(this, packet, startsKeyFrame, nowNanos);
    }
  }
}
