package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderOutput;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** The steady packet path allocates nothing; only a frame that is handed over costs a record. */
class AllocationTest {
  private static final int SUBSCRIBERS = 10;
  private static final int PACKETS_PER_FRAME = 20;
  private static final int FRAMES = 500;
  private static final long FRAME_RECORD_BYTES = 64;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final RtpSender[] slots = new RtpSender[SUBSCRIBERS];
  private final byte[] datagram = new byte[1500];
  private final RtpPacket builder = new RtpPacket();
  private final byte[] payload = new byte[1100];
  private long sentPackets;
  private long frames;
  private int sequence = 65_000;
  private long nowNanos;

  private MediaEndpoint endpoint() {
    SenderOutput output =
        new SenderOutput() {
          @Override
          public void sendRtp(byte[] buffer, int offset, int length) {
            sentPackets++;
          }

          @Override
          public void sendRtcp(byte[] buffer, int offset, int length) {}
        };
    return new MediaEndpoint(
        new EndpointConfig(1, "a", Simulation.NTP, Simulation.EXTENSIONS, true), output);
  }

  @Test
  void theSteadyForwardPathAllocatesNothing() {
    MediaEndpoint up = endpoint();
    RtpReceiver receiver =
        up.receive(
            new ReceiverConfig("0", Codec.VP8, 96, 97, 0x1111, 0x1112, true, Simulation.EXTENSIONS),
            new ReceiverOutput() {
              @Override
              public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
                for (RtpSender slot : slots) {
                  slot.forward(packet, startsKeyFrame, nowNanos);
                }
              }

              @Override
              public void frame(EncodedFrame frame) {
                frames++;
              }
            });
    for (int i = 0; i < SUBSCRIBERS; i++) {
      slots[i] = endpoint().send(ScenarioStage.sender(0x100 + 2 * i, 0x101 + 2 * i, Codec.VP8));
      slots[i].switchTo(receiver, 0);
    }
    play(up, FRAMES); // histories and windows fill, the compiler settles
    long before = allocated();
    play(up, FRAMES);
    long bytes = allocated() - before;

    assertThat(frames).isEqualTo(2L * FRAMES);
    assertThat(sentPackets).isEqualTo(2L * FRAMES * PACKETS_PER_FRAME * SUBSCRIBERS);
    assertThat(bytes)
        .as("bytes for %d packets forwarded tenfold", FRAMES * PACKETS_PER_FRAME)
        .isLessThanOrEqualTo(FRAMES * FRAME_RECORD_BYTES + 4096);
  }

  private long allocated() {
    return threads.getThreadAllocatedBytes(Thread.currentThread().threadId());
  }

  private void play(MediaEndpoint up, int count) {
    for (int f = 0; f < count; f++) {
      for (int p = 0; p < PACKETS_PER_FRAME; p++) {
        packet(p == 0, p == PACKETS_PER_FRAME - 1);
        up.onRtp(datagram, 0, builder.length(), nowNanos);
        if (up.nextDeadlineNanos() <= nowNanos) {
          up.poll(nowNanos);
        }
        nowNanos += 1_000_000;
      }
    }
  }

  private void packet(boolean first, boolean last) {
    builder.create(datagram, 0, 1400, 96, last);
    builder.ssrc(0x1111);
    builder.sequence(sequence & 0xFFFF);
    builder.timestamp(sequence / PACKETS_PER_FRAME * 1800L);
    int at = builder.appendExtension(3, 2);
    datagram[at] = (byte) (sequence >> 8);
    datagram[at + 1] = (byte) sequence;
    payload[0] = (byte) (first ? 0x10 : 0);
    byte[] keyFrame = KEY_FRAME;
    System.arraycopy(keyFrame, 0, payload, 1, keyFrame.length);
    if (!builder.appendPayload(payload, 0, payload.length)) {
      throw new AssertionError("The packet has room");
    }
    sequence++;
  }

  private static final byte[] KEY_FRAME = {0, 0, 0, (byte) 0x9D, 1, 0x2A, 16, 0, 16, 0};
}
