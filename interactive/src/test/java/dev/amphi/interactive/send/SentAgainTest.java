package dev.amphi.interactive.send;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.rtp.HeaderExtension;
import dev.amphi.interactive.rtp.HeaderExtensions;
import dev.amphi.interactive.rtp.MediaSource;
import dev.amphi.interactive.rtp.NtpAlignment;
import dev.amphi.interactive.rtp.NtpClock;
import dev.amphi.interactive.rtp.PacketHistory;
import dev.amphi.interactive.rtp.ReportBlock;
import dev.amphi.interactive.rtp.RtpPacket;
import dev.amphi.interactive.rtp.StreamClock;
import dev.amphi.interactive.send.SenderConfig.PayloadTypes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The property: what is sent again is what was sent, whatever came out of order, was left out,
 * switched or wrapped meanwhile. Nothing of it was kept but numbers.
 */
class SentAgainTest {
  private static final long MILLI = 1_000_000;
  private static final NtpClock NTP = NtpClock.of(1_700_000_000_000_000_000L, 0);
  private static final HeaderExtensions EXTENSIONS =
      HeaderExtensions.of(Map.of(HeaderExtension.MID, 9, HeaderExtension.TRANSPORT_CC, 5));
  private static final long MEDIA = 0x51;
  private static final long RTX = 0x52;

  /** One layer that a publisher sends. */
  private static final class Layer implements MediaSource {
    final Codec codec;
    final Random random;
    final StreamClock clock;
    final PacketHistory history = new PacketHistory(256);
    final List<RtpPacket> held = new ArrayList<>();
    int sequence;
    long timestamp;
    int picture;
    boolean keyWanted = true;

    Layer(Codec codec, Random random) {
      this.codec = codec;
      this.random = random;
      this.clock = new StreamClock(codec.clockRate(), new NtpAlignment(NTP));
      this.sequence = 65_300 + random.nextInt(200);
      this.timestamp = 0xFFFF_0000L + random.nextInt(1000);
      this.picture = 0x7F80 + random.nextInt(100);
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
    public PacketHistory history() {
      return history;
    }

    @Override
    public void requestKeyFrame(long nowNanos) {
      keyWanted = true;
    }

    @Override
    public boolean shared() {
      return true;
    }

    @Override
    public byte @Nullable [] parameterSets() {
      return new byte[] {24, 0, 2, 0x67, 1, 0, 2, 0x68, 2};
    }

    private byte[] payload(boolean key, boolean first, boolean last, int spatial) {
      byte[] body = new byte[1 + random.nextInt(200)];
      random.nextBytes(body);
      int temporal = key ? 0 : new int[] {0, 2, 1, 2}[picture & 3];
      byte[] head =
          switch (codec) {
            case VP8 ->
                new byte[] {
                  (byte) (0x80 | (first ? 0x10 : 0)),
                  (byte) 0xE0,
                  (byte) (0x80 | ((picture >> 8) & 0x7F)),
                  (byte) picture,
                  (byte) (picture / 4),
                  (byte) (temporal << 6 | 0x20),
                  (byte) (key ? 0 : 1)
                };
            case VP9 ->
                new byte[] {
                  (byte) (0xA0 | (key ? 0 : 0x40) | (first ? 8 : 0) | (last ? 4 : 0)),
                  (byte) (0x80 | ((picture >> 8) & 0x7F)),
                  (byte) picture,
                  (byte) (temporal << 5 | (temporal == 0 ? 0x10 : 0) | spatial << 1),
                  (byte) (picture / 4),
                };
            case H264 -> new byte[] {(byte) (key ? 0x65 : 0x41), (byte) 0x80};
            default -> new byte[0];
          };
      byte[] payload = Arrays.copyOf(head, head.length + body.length);
      System.arraycopy(body, 0, payload, head.length, body.length);
      return payload;
    }

    /** The packets of the next picture or sound, the key frame's first one marked by its place. */
    List<RtpPacket> next() {
      boolean key = keyWanted && codec != Codec.OPUS;
      keyWanted = false;
      int layers = codec == Codec.VP9 ? 3 : 1;
      int each = codec == Codec.OPUS ? 1 : 1 + random.nextInt(4);
      List<RtpPacket> packets = new ArrayList<>();
      for (int i = 0; i < layers * each; i++) {
        RtpPacket packet = new RtpPacket();
        packet.create(new byte[1500], 0, 1500, 33, i == layers * each - 1);
        packet.sequence(sequence++ & 0xFFFF);
        packet.timestamp(timestamp);
        byte[] payload = payload(key, i % each == 0, i % each == each - 1, i / each);
        assertThat(packet.appendPayload(payload, 0, payload.length)).isTrue();
        packet.ssrc(codec == Codec.OPUS || (key && i == 0) ? 1 : 0);
        packets.add(packet);
      }
      timestamp += codec == Codec.OPUS ? 960 : 3000;
      picture++;
      return packets;
    }
  }

  private final Map<Integer, RtpPacket> sent = new HashMap<>();
  private final List<RtpPacket> again = new ArrayList<>();
  private boolean asking;
  private int newest;

  private void take(byte[] buffer, int offset, int length, long nowNanos) {
    RtpPacket packet = new RtpPacket();
    assertThat(packet.wrap(Arrays.copyOfRange(buffer, offset, offset + length), 0, length))
        .isTrue();
    Arrays.fill(buffer, offset, offset + length + RtpPacket.TAIL_ROOM, (byte) 0xEE);
    if (packet.ssrc() == RTX) {
      RtpPacket first = Objects.requireNonNull(sent.get(original(packet)));
      assertThat(packet.unwrapRetransmission(MEDIA, first.payloadType())).isTrue();
      again.add(packet);
    } else if (asking) {
      again.add(packet);
    } else {
      sent.put(packet.sequence(), packet);
      newest = (short) (packet.sequence() - newest) > 0 ? packet.sequence() : newest;
    }
  }

  private static int original(RtpPacket rtx) {
    int at = rtx.payloadOffset();
    return ((rtx.buffer()[at] & 0xFF) << 8) | (rtx.buffer()[at + 1] & 0xFF);
  }

  private static byte[] payload(RtpPacket packet) {
    int at = packet.payloadOffset();
    return Arrays.copyOfRange(packet.buffer(), at, at + packet.payloadLength());
  }

  private static RtpSender sender(Codec codec, SentAgainTest test) {
    PayloadTypes types =
        codec == Codec.OPUS ? new PayloadTypes(111, -1, 63) : new PayloadTypes(100, 101);
    return new RtpSender(
        new SenderConfig("v1", MEDIA, RTX, Map.of(codec, types), true, EXTENSIONS),
        NTP,
        test::take);
  }

  @ParameterizedTest
  @CsvSource({
    "VP8,1", "VP8,2", "VP8,3", "VP9,1", "VP9,2", "VP9,3", "H264,1", "H264,2", "OPUS,1", "OPUS,2"
  })
  void isWhatWasSent(Codec codec, long seed) {
    Random random = new Random(seed);
    RtpSender slot = sender(codec, this);
    Layer[] layers = {new Layer(codec, random), new Layer(codec, random)};
    slot.switchTo(layers[0], 0);
    int resent = 0;
    int red = 0;
    for (int round = 0; round < 3000; round++) {
      long now = 20L * round * MILLI;
      for (Layer layer : layers) {
        for (RtpPacket packet : layer.next()) {
          int fate = random.nextInt(20);
          if (fate == 0) {
            layer.held.add(packet);
          } else if (fate > 1) {
            forward(slot, layer, packet, now);
          }
        }
        if (random.nextInt(6) == 0) {
          layer.held.forEach(packet -> forward(slot, layer, packet, now));
          layer.held.clear();
        }
      }
      switch (random.nextInt(40)) {
        case 0 -> slot.turnTo(layers[random.nextInt(2)], now);
        case 1 -> slot.switchTo(layers[random.nextInt(2)], now);
        case 2 -> slot.layers(random.nextInt(3), random.nextInt(3), now);
        default -> {}
      }
      if (codec == Codec.OPUS && round % 50 == 0) { // a link that loses at first
        int lost = Math.min(round, 1500) / 10;
        slot.onReportBlock(new ReportBlock(MEDIA, 0, lost, round, 0, 0, 0), now);
      }
      int number = (newest - random.nextInt(codec == Codec.OPUS ? 30 : 60)) & 0xFFFF;
      RtpPacket first = sent.get(number);
      if (first == null) {
        continue;
      }
      again.clear();
      asking = true;
      slot.onNack(List.of(number), now);
      asking = false;
      for (RtpPacket packet : again) {
        assertThat(packet.sequence()).as("seed %d, round %d", seed, round).isEqualTo(number);
        assertThat(packet.timestamp()).isEqualTo(first.timestamp());
        assertThat(packet.marker()).isEqualTo(first.marker());
        assertThat(packet.payloadType()).isEqualTo(first.payloadType());
        assertThat(packet.extensionText(9)).isEqualTo("v1");
        assertThat(payload(packet)).as("seed %d, round %d", seed, round).isEqualTo(payload(first));
        resent++;
        red += packet.payloadType() == 63 ? 1 : 0;
      }
    }
    assertThat(resent).isGreaterThan(1500);
    assertThat(red).isBetween(codec == Codec.OPUS ? 100 : 0, codec == Codec.OPUS ? 3000 : 0);
    assertThat(sent.size()).isGreaterThan(2500);
  }

  private static void forward(RtpSender slot, Layer layer, RtpPacket packet, long now) {
    layer.history.put(packet, now);
    slot.forward(layer, packet, packet.ssrc() == 1, now);
  }
}
