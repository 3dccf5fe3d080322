package dev.amphi.composer.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.codec.AudioDecoder;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class VoiceTest {
  private static final int BLOCK = 1_600;
  private static final int PACKET = 960;

  /** Gives a sine of 200 Hz whose phase belongs to the packet's first sample. */
  private static final class SineDecoder implements AudioDecoder {
    @Override
    public int decode(ByteBuffer coded, float[] out) {
      if (coded.remaining() != 8) {
        return -1;
      }
      long ticks = coded.getLong(coded.position());
      for (int i = 0; i < PACKET; i++) {
        out[2 * i] = sine((double) (ticks + i));
        out[2 * i + 1] = out[2 * i];
      }
      return PACKET;
    }

    @Override
    public void close() {}
  }

  private static float sine(double ticks) {
    return (float) (0.5 * Math.sin(2 * Math.PI * 200 * ticks / 48_000));
  }

  private final Voice voice = new Voice(new SineDecoder());
  private final float[] out = new float[2 * BLOCK];
  private long sent;

  private void packet(long number) {
    voice.packet(number * PACKET, ByteBuffer.allocate(8).putLong(0, number * PACKET));
  }

  /** Brings packets until that time. */
  private void packetsUntil(double ticks) {
    for (; sent * PACKET < ticks; sent++) {
      packet(sent);
    }
  }

  private float loudest() {
    float most = 0;
    for (float sample : out) {
      most = Math.max(most, Math.abs(sample));
    }
    return most;
  }

  private float steepest(float before) {
    float most = 0;
    for (int i = 0; i < BLOCK; i++) {
      most = Math.max(most, Math.abs(out[2 * i] - before));
      before = out[2 * i];
    }
    return most;
  }

  @Test
  void isSilentBeforeTheFirstPacket() {
    voice.read(123, out, BLOCK);
    assertThat(loudest()).isZero();
  }

  @Test
  void playsEachSampleAtItsTime() {
    for (int i = 0; i < 20; i++) {
      packet(i);
    }
    for (int block = 0; block < 10; block++) {
      voice.read((double) block * BLOCK, out, BLOCK);
      for (int i = block == 0 ? 300 : 0; i < BLOCK; i += 100) { // it begins with 5 ms of a fade
        assertThat(out[2 * i]).isCloseTo(sine(block * BLOCK + i), within(0.0001f));
      }
    }
    assertThat(voice.concealedSamples()).isZero();
  }

  @Test
  void startsWithSilenceUntilTheFirstPacketsTime() {
    packet(1);
    packet(2);
    voice.read(0, out, BLOCK);
    assertThat(out[2 * 900]).isZero();
    assertThat(out[2 * 1_400]).isCloseTo(sine(1_400), within(0.0001f));
  }

  @Test
  void ordersPacketsThatCameOutOfOrder() {
    packet(2);
    packet(0);
    packet(1);
    packet(3);
    voice.read(0, out, BLOCK);
    voice.read(BLOCK, out, BLOCK);
    assertThat(voice.concealedSamples()).isZero();
    assertThat(out[1_000]).isCloseTo(sine(BLOCK + 500), within(0.0001f));
  }

  @Test
  void concealsALostPacketWithoutAClickAndWithTheSameTone() {
    for (int i = 0; i < 20; i++) {
      if (i != 5) {
        packet(i);
      }
    }
    float before = 0;
    for (int block = 0; block < 8; block++) {
      voice.read((double) block * BLOCK, out, BLOCK);
      assertThat(steepest(before)).isLessThan(0.03f); // the sine's own steepest is 0.013
      before = out[2 * BLOCK - 2];
    }
    assertThat(voice.concealedSamples()).isEqualTo(PACKET);
  }

  @Test
  void fadesToSilenceWhenThePublisherIsLost() {
    packet(0);
    packet(1);
    for (int block = 0; block < 6; block++) {
      voice.read((double) block * BLOCK, out, BLOCK);
    }
    assertThat(loudest()).isZero();
  }

  @Test
  void catchesUpSmoothlyWhenTheWantedTimeMoves() {
    float before = 0;
    for (int i = 0; i < 40; i++) {
      packet(i);
    }
    long played = 0;
    for (int block = 0; block < 20; block++) {
      voice.read((double) block * BLOCK + (block > 3 ? 960 : 0), out, BLOCK);
      assertThat(steepest(before)).isLessThan(0.03f);
      before = out[2 * BLOCK - 2];
      played += BLOCK;
    }
    assertThat(played).isEqualTo(20 * BLOCK);
    assertThat(voice.concealedSamples()).isZero();
  }

  @Test
  void jumpsOverALongDifferenceWithoutAClick() {
    float before = 0;
    for (int block = 0; block < 320; block++) {
      packetsUntil(block * BLOCK + 15_000);
      voice.read((double) block * BLOCK + (block > 3 ? 9_700 : 0), out, BLOCK);
      assertThat(steepest(before)).isLessThan(0.03f);
      before = out[2 * BLOCK - 2];
    }
    assertThat(out[0]).isCloseTo(sine(319 * BLOCK + 9_700), within(0.01f));
  }

  @Test
  void jumpsWhenTheSendersClockDoes() {
    packet(0);
    packet(1);
    voice.read(0, out, BLOCK);
    for (int i = 0; i < 4; i++) {
      packet(1_000_000 + i);
    }
    voice.read(1_000_000.0 * PACKET, out, BLOCK);
    assertThat(out[2 * 1_500]).isCloseTo(sine(1_000_000.0 * PACKET + 1_500), within(0.001f));
  }

  @Test
  void survivesPacketsThatCannotBeDecoded() {
    for (int i = 0; i < 100; i++) {
      voice.packet(i * 960L, ByteBuffer.allocate(i % 7));
    }
    for (int block = 0; block < 60; block++) {
      voice.read((double) block * BLOCK, out, BLOCK);
      assertThat(loudest()).isZero();
    }
    assertThat(voice.lostPackets()).isEqualTo(100);
  }

  @Test
  void putsOffWithoutAClickWhenPacketsBecomeLater() {
    float before = 0;
    for (int block = 0; block < 60; block++) {
      packetsUntil(block * BLOCK + 4_800);
      voice.read((double) block * BLOCK - (block > 3 ? 2_000 : 0), out, BLOCK);
      assertThat(steepest(before)).as("block %d", block).isLessThan(0.03f);
      before = out[2 * BLOCK - 2];
    }
    assertThat(voice.concealedSamples()).isBetween(1_700L, 2_300L);
  }

  @Test
  void losesNothingOfPacketsThatWereOnlyLate() {
    packetsUntil(4_800);
    for (int block = 0; block < 4; block++) { // the last reads 1,600 samples that are not there
      voice.read((double) block * BLOCK, out, BLOCK);
    }
    float before = out[2 * BLOCK - 2];
    for (int block = 4; block < 250; block++) {
      packetsUntil(block * BLOCK);
      voice.read((double) block * BLOCK - 4_800, out, BLOCK);
      assertThat(steepest(before)).as("block %d", block).isLessThan(0.03f);
      before = out[2 * BLOCK - 2];
    }
    assertThat(voice.lostPackets()).isZero();
    assertThat(voice.concealedSamples()).isBetween(4_500L, 5_100L);
    assertThat(beside(249 * BLOCK - 4_800)).isBetween(-96, 96);
  }

  /** How many samples later, or earlier, than wanted the block is that was read; half a period. */
  private int beside(double wantedTicks) {
    int best = 0;
    double least = Double.MAX_VALUE;
    for (int later = -119; later < 120; later++) {
      double sum = 0;
      for (int i = 0; i < BLOCK; i++) {
        double difference = out[2 * i] - sine(wantedTicks + i - later);
        sum += difference * difference;
      }
      best = sum < least ? later : best;
      least = Math.min(least, sum);
    }
    return best;
  }

  @Test
  void leavesLessThanTwoMillisecondsAndCorrectsMore() {
    for (int block = 0; block < 120; block++) {
      packetsUntil(block * BLOCK + 9_600);
      voice.read(block * BLOCK + (block > 3 ? 90 : 0), out, BLOCK);
      assertThat(voice.speed()).isEqualTo(1);
    }
    assertThat(beside(119 * BLOCK + 90)).isEqualTo(90);
    for (int block = 120; block < 330; block++) {
      packetsUntil(block * BLOCK + 9_600);
      voice.read(block * BLOCK + 100, out, BLOCK);
    }
    assertThat(voice.speed()).isEqualTo(1);
    assertThat(beside(329 * BLOCK + 100)).isBetween(-1, 1);
  }

  @Test
  void letsOnlyNumbersOfASoundsSizePass() {
    float[] hostile = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e30f, 1e-40f};
    Voice poisoned =
        new Voice(
            new AudioDecoder() {
              @Override
              public int decode(ByteBuffer coded, float[] into) {
                for (int i = 0; i < 2 * PACKET; i++) {
                  into[i] = hostile[i / 300 % hostile.length];
                }
                return PACKET;
              }

              @Override
              public void close() {}
            });
    for (int i = 0; i < 20; i++) {
      poisoned.packet((long) i * PACKET, ByteBuffer.allocate(1));
    }
    for (int block = 0; block < 12; block++) {
      poisoned.read(block * BLOCK + 0.3, out, BLOCK);
      for (float sample : out) {
        assertThat(Math.abs(sample)).isLessThan(8); // NaN is not
      }
    }
  }

  @Test
  void correctsByNoMoreThanAnEarTakesForTheSamePitch() {
    double before = 1;
    for (int block = 0; block < 600; block++) {
      packetsUntil(block * BLOCK * 1.0002 + 4_800);
      voice.read(block * BLOCK * 1.0002 + (block > 100 ? 370 : 0), out, BLOCK);
      assertThat(voice.speed()).isBetween(0.997, 1.003);
      assertThat(Math.abs(voice.speed() - before)).isLessThan(0.000101);
      before = voice.speed();
    }
    assertThat(voice.speed()).isCloseTo(1.0002, within(0.00002));
  }
}
