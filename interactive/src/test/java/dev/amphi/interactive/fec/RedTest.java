package dev.amphi.interactive.fec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.rtp.RtpPacket;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedTest {
  private static final int OPUS = 111;

  private final RedReader reader = new RedReader();
  private final RedWriter writer = new RedWriter();

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private boolean read(byte[] payload) {
    return reader.wrap(payload, 0, payload.length, OPUS);
  }

  /** RFC 2198 §5: two earlier frames and the packet's own. */
  @Test
  void readsEarlierFramesOldestFirst() {
    // offsets 1920 and 960 ticks, lengths 2 and 3
    byte[] payload =
        bytes(0xEF, 1920 >> 6, 0, 2, 0xEF, 960 >> 6, 0, 3, 111, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(read(payload)).isTrue();
    assertThat(reader.redundant()).isEqualTo(2);
    assertThat(reader.ageTicks(0)).isEqualTo(1920);
    assertThat(reader.ageTicks(1)).isEqualTo(960);
    assertThat(payload[reader.offset(0)]).isEqualTo((byte) 1);
    assertThat(payload[reader.offset(1)]).isEqualTo((byte) 3);
    assertThat(reader.length(0)).isEqualTo(2);
    assertThat(reader.length(1)).isEqualTo(3);
    assertThat(payload[reader.primaryOffset()]).isEqualTo((byte) 6);
    assertThat(reader.primaryLength()).isEqualTo(4);
  }

  @Test
  void readsAFrameWithoutCompany() {
    assertThat(read(bytes(111, 42))).isTrue();
    assertThat(reader.redundant()).isZero();
    assertThat(reader.primaryLength()).isEqualTo(1);
  }

  @Test
  void refusesWhatIsNotRed() {
    assertThat(read(bytes())).as("nothing").isFalse();
    assertThat(read(bytes(111))).as("no frame").isFalse();
    assertThat(read(bytes(0xEF, 15, 0, 3))).as("no primary header").isFalse();
    assertThat(read(bytes(0xEF, 15, 0))).as("half a header").isFalse();
    assertThat(read(bytes(0xEF, 15, 0, 3, 111, 1, 2, 3))).as("no primary frame").isFalse();
    assertThat(read(bytes(0xEF, 15, 3, 255, 111, 1, 2))).as("length beyond the end").isFalse();
    assertThat(read(bytes(0xEE, 15, 0, 1, 111, 1, 2))).as("another payload type").isFalse();
    assertThat(read(bytes(0xEF, 15, 0, 1, 63, 1, 2))).as("RED in RED").isFalse();
    assertThat(read(bytes(0xEF, 0, 0, 1, 111, 1, 2))).as("not earlier").isFalse();
    assertThat(read(bytes(0xEF, 15, 0, 1, 0xEF, 15, 0, 1, 111, 1, 2, 3)))
        .as("the same time twice")
        .isFalse();
    byte[] many = new byte[4 * (RedReader.MAX_REDUNDANT + 1) + 2];
    for (int i = 0; i <= RedReader.MAX_REDUNDANT; i++) {
      many[4 * i] = (byte) 0xEF;
      many[4 * i + 1] = (byte) (200 - i);
    }
    many[many.length - 2] = 111;
    assertThat(read(many)).as("too many").isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void hostileBytesStayWithinTheirBounds(long seed) {
    Random random = new Random(seed);
    int accepted = 0;
    for (int round = 0; round < 200_000; round++) {
      byte[] payload = new byte[random.nextInt(60)];
      random.nextBytes(payload);
      for (int i = 0; i < payload.length; i += 4) {
        payload[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt() : 0x80 | OPUS);
      }
      if (payload.length > 4) {
        payload[4 * random.nextInt(payload.length / 4)] = OPUS;
      }
      if (read(payload)) {
        accepted++;
        int at = 0;
        for (int i = 0; i < reader.redundant(); i++) {
          assertThat(reader.offset(i)).isGreaterThan(at);
          assertThat(reader.length(i)).isNotNegative();
          at = reader.offset(i) + reader.length(i) - 1;
        }
        assertThat(reader.primaryOffset()).isGreaterThan(at);
        assertThat(reader.primaryOffset() + reader.primaryLength()).isEqualTo(payload.length);
      }
    }
    assertThat(accepted).as("seed %d", seed).isPositive();
  }

  private RtpPacket write(int sequence, long timestamp, byte[] frame) {
    RtpPacket packet = new RtpPacket();
    packet.create(new byte[1500], 0, 1500, 63, false);
    packet.sequence(sequence);
    packet.timestamp(timestamp);
    assertThat(writer.redundancyFor(sequence, timestamp, frame.length)).isTrue();
    assertThat(writer.append(packet, OPUS, frame, 0, frame.length)).isTrue();
    return packet;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void whatIsWrittenIsRead(long seed) {
    Random random = new Random(seed);
    int sequence = random.nextInt(0x10000);
    long timestamp = 0xFFFF_FF00L;
    byte[] previous = new byte[1 + random.nextInt(500)];
    random.nextBytes(previous);
    writer.sent(sequence, timestamp, previous, 0, previous.length);
    for (int round = 0; round < 1000; round++) {
      sequence = (sequence + 1) & 0xFFFF;
      int age = 1 + random.nextInt(16_383);
      timestamp = (timestamp + age) & 0xFFFF_FFFFL;
      byte[] frame = new byte[1 + random.nextInt(500)];
      random.nextBytes(frame);
      RtpPacket packet = write(sequence, timestamp, frame);
      assertThat(reader.wrap(packet.buffer(), packet.payloadOffset(), packet.payloadLength(), OPUS))
          .isTrue();
      assertThat(reader.redundant()).isEqualTo(1);
      assertThat(reader.ageTicks(0)).isEqualTo(age);
      assertThat(slice(packet, reader.offset(0), reader.length(0))).isEqualTo(previous);
      assertThat(slice(packet, reader.primaryOffset(), reader.primaryLength())).isEqualTo(frame);
      writer.sent(sequence, timestamp, frame, 0, frame.length);
      previous = frame;
    }
  }

  private static byte[] slice(RtpPacket packet, int offset, int length) {
    return Arrays.copyOfRange(packet.buffer(), offset, offset + length);
  }

  @Test
  void doesNotPutTogetherWhatIsNotNeighbours() {
    byte[] frame = {1, 2, 3};
    assertThat(writer.redundancyFor(7, 960, 3)).as("nothing before").isFalse();
    writer.sent(7, 960, frame, 0, 3);
    assertThat(writer.redundancyFor(8, 1920, 3)).isTrue();
    assertThat(writer.redundancyFor(9, 2880, 3)).as("a hole between").isFalse();
    assertThat(writer.redundancyFor(8, 960 + 16_384, 3)).as("too long ago").isFalse();
    assertThat(writer.redundancyFor(8, 960, 3)).as("the same time").isFalse();
    assertThat(writer.redundancyFor(8, 1920, 1200)).as("too large").isFalse();
    writer.sent(6, 0, frame, 0, 3); // comes late, and is not remembered
    assertThat(writer.redundancyFor(8, 1920, 3)).isTrue();
  }

  @Test
  void redundancyIsSwitchedOnByLossAndOffWhenTheLinkIsClean() {
    Redundancy redundancy = new Redundancy();
    long second = 1_000_000_000L;
    redundancy.onLoss(7, 0);
    assertThat(redundancy.on()).isFalse();
    redundancy.onLoss(8, second);
    assertThat(redundancy.on()).isTrue();
    for (int i = 2; i < 30; i++) {
      redundancy.onLoss(i % 5 == 0 ? 4 : 0, i * second);
      assertThat(redundancy.on()).as("still loses").isTrue();
    }
    for (int i = 30; i <= 36; i++) {
      assertThat(redundancy.on()).isTrue();
      redundancy.onLoss(0, i * second);
    }
    assertThat(redundancy.on()).isFalse();
    redundancy.suggest();
    assertThat(redundancy.on()).as("the link is known to be clean").isFalse();
  }

  @Test
  void aSuggestionHoldsUntilTheLinkProvesToBeClean() {
    Redundancy redundancy = new Redundancy();
    redundancy.suggest();
    for (int i = 0; i < 11; i++) {
      assertThat(redundancy.on()).isTrue();
      redundancy.onLoss(0, i * 1_000_000_000L);
    }
    assertThat(redundancy.on()).isFalse();
  }
}
