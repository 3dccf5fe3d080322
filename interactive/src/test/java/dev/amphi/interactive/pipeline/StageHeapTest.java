package dev.amphi.interactive.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.EncodedFrame;
import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.bandwidth.BandwidthStats;
import dev.amphi.interactive.receive.ReceiverConfig;
import dev.amphi.interactive.receive.ReceiverOutput;
import dev.amphi.interactive.receive.RtpReceiver;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.send.LocalSource;
import dev.amphi.interactive.send.RtpSender;
import dev.amphi.interactive.send.SenderConfig;
import dev.amphi.interactive.send.SenderConfig.Parity;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import dev.amphi.interactive.send.SenderOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the media of a stage costs in heap: everybody sends 1.5 Mbit/s of pictures and sound to
 * everybody else, as the benchmark {@code 10 → 10} does. Without SRTP, sockets and signalling.
 */
class StageHeapTest {
  private static final int PEOPLE = 10;
  private static final int SECONDS = 8;
  private static final int PACKETS_PER_PICTURE = 5;
  private static final int PACKET_BYTES = 1220;
  private static final long MILLI = 1_000_000;

  private final List<MediaEndpoint> endpoints = new ArrayList<>();
  private final List<List<RtpSender>> pictures = new ArrayList<>();
  private final List<List<RtpSender>> sounds = new ArrayList<>();
  private final byte[] datagram = new byte[1500];
  private final RtpPacket packet = new RtpPacket();
  private final byte[] payload = new byte[1400];
  private long nowNanos;
  private long sent;

  private MediaEndpoint endpoint(boolean paced) {
    SenderOutput output =
        new SenderOutput() {
          @Override
          public void sendRtp(byte[] buffer, int offset, int length) {
            sent++;
          }

          @Override
          public void sendRtcp(byte[] buffer, int offset, int length) {}
        };
    return new MediaEndpoint(
        new EndpointConfig(1, "a", Simulation.NTP, Simulation.EXTENSIONS, true, paced), output);
  }

  private static SenderConfig slot(long ssrc, Codec codec) {
    boolean sound = codec == Codec.OPUS;
    PayloadTypes types = sound ? new PayloadTypes(111, -1, 63) : new PayloadTypes(96, 97);
    Parity parity = sound ? Parity.NONE : new Parity(ssrc + 2, 49);
    return new SenderConfig(
        "s" + ssrc, ssrc, ssrc + 1, Map.of(codec, types), !sound, Simulation.EXTENSIONS, parity);
  }

  private static ReceiverOutput to(List<RtpSender> slots) {
    return new ReceiverOutput() {
      @Override
      public void forward(RtpPacket packet, boolean startsKeyFrame, long nowNanos) {
        for (RtpSender slot : slots) {
          slot.forward(packet, startsKeyFrame, nowNanos);
        }
      }

      @Override
      public void frame(EncodedFrame frame) {}
    };
  }

  private void publish(int person) {
    List<RtpSender> picture = new ArrayList<>();
    List<RtpSender> sound = new ArrayList<>();
    pictures.add(picture);
    sounds.add(sound);
    MediaEndpoint up = endpoints.get(person);
    RtpReceiver camera = up.receive(published("c", Codec.VP8, 96, 97, 0x100), to(picture));
    RtpReceiver voice = up.receive(published("v", Codec.OPUS, 111, -1, 0x200), to(sound));
    for (int i = 0; i < PEOPLE; i++) {
      if (i != person) {
        picture.add(endpoints.get(i).send(slot(0x1000L + 16L * person, Codec.VP8)));
        sound.add(endpoints.get(i).send(slot(0x2000L + 16L * person, Codec.OPUS)));
      }
    }
    picture.forEach(slot -> slot.switchTo(camera, 0));
    sound.forEach(slot -> slot.switchTo(voice, 0));
  }

  private static ReceiverConfig published(String mid, Codec codec, int type, int rtx, long ssrc) {
    return new ReceiverConfig(
        mid, codec, type, rtx, ssrc, ssrc + 1, codec != Codec.OPUS, Simulation.EXTENSIONS);
  }

  private void arrive(int person, int type, long ssrc, int number, long timestamp, int length) {
    packet.create(datagram, 0, 1400, type, false);
    packet.ssrc(ssrc);
    packet.sequence(number & 0xFFFF);
    packet.timestamp(timestamp);
    packet.marker(ssrc == 0x100 && number % PACKETS_PER_PICTURE == PACKETS_PER_PICTURE - 1);
    assertThat(packet.appendPayload(payload, 0, length)).isTrue();
    endpoints.get(person).onRtp(datagram, 0, packet.length(), nowNanos);
    endpoints.get(person).poll(nowNanos);
  }

  private void play() {
    for (int millis = 0; millis < SECONDS * 1000; millis++) {
      nowNanos = millis * MILLI;
      for (int person = 0; person < PEOPLE; person++) {
        if (millis % 33 == 0) {
          int picture = millis / 33;
          for (int i = 0; i < PACKETS_PER_PICTURE; i++) {
            byte[] head = {(byte) (i == 0 ? 0x10 : 0), 0, 0, 0, (byte) 0x9D, 1, 0x2A, 64, 1, 1, 0};
            head[1] = (byte) (picture == 0 ? 0 : 1);
            System.arraycopy(head, 0, payload, 0, head.length);
            int number = picture * PACKETS_PER_PICTURE + i;
            arrive(person, 96, 0x100, number, picture * 3000L, PACKET_BYTES);
          }
        }
        if (millis % 20 == 0) {
          arrive(person, 111, 0x200, millis / 20, millis * 48L, 80);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tenOnStageCostLessThanNineHundredKilobytesEach(boolean paced) {
    for (int i = 0; i < PEOPLE; i++) {
      endpoints.add(endpoint(paced));
    }
    for (int i = 0; i < PEOPLE; i++) {
      publish(i);
    }
    play();
    assertThat(sent).isGreaterThan(PEOPLE * (PEOPLE - 1) * SECONDS * 195L);
    if (paced) {
      BandwidthStats stats = endpoints.getFirst().bandwidthStats(nowNanos);
      assertThat(stats.pacer().waited()).as("before the first report").isGreaterThan(500);
    }
    HeapSize heap = new HeapSize();
    long each = heap.add(endpoints.toArray()) / PEOPLE;
    System.out.println("paced " + paced + ": " + each + " bytes each, " + heap.byOwner());
    assertThat(each).as("bytes each, of ten: %s", heap.byOwner()).isLessThan(900_000);
  }

  /** Pictures of one packet each, 100 a second. */
  private void show(RtpSender slot, int bytes) {
    LocalSource source = new LocalSource(Codec.VP8, slot, Simulation.NTP, () -> {}, nowNanos);
    byte[] picture = new byte[bytes];
    System.arraycopy(new byte[] {0x10, 0, 0, (byte) 0x9D, 1, 0x2A, 64, 1, 1, 0}, 0, picture, 0, 10);
    for (int i = 0; i < 600; i++) {
      nowNanos += 10 * MILLI;
      source.send(picture, 0, picture.length, i * 900L, nowNanos);
    }
  }

  @Test
  void aSlotHoldsOnToNothingThatIsGone() {
    RtpSender slot =
        new RtpSender(
            slot(0x1000, Codec.VP8), Simulation.NTP, (buffer, offset, length, now) -> sent++);
    show(slot, 1100);
    assertThat(new HeapSize().add(slot)).isGreaterThan(200_000);
    show(slot, 100);
    assertThat(new HeapSize().add(slot)).as("the first source's packets").isLessThan(120_000);
    slot.switchTo(null, nowNanos);
    assertThat(new HeapSize().add(slot)).as("the second's").isLessThan(40_000);
    assertThat(sent).isEqualTo(1200);
  }
}
