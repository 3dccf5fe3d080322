package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.timing.AvSync;
import java.nio.ByteBuffer;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A voice over a bad network, in virtual time. */
class AudioInputTest {
  private static final long SEED = 20_261_101;
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final int BLOCK = 1_600;

  private record Packet(long arrivalNanos, long ticks) implements Comparable<Packet> {
    @Override
    public int compareTo(Packet other) {
      return Long.compare(arrivalNanos, other.arrivalNanos);
    }
  }

  /** A sine of 300 Hz whose phase belongs to the packet's time. */
  private static final class SineDecoder implements AudioDecoder {
    @Override
    public int decode(ByteBuffer coded, float[] out) {
      long ticks = coded.getLong(coded.position());
      for (int i = 0; i < 960; i++) {
        out[2 * i] = (float) (0.5 * Math.sin(2 * Math.PI * 300 * (ticks + i) / 48_000.0));
        out[2 * i + 1] = out[2 * i];
      }
      return 960;
    }

    @Override
    public void close() {}
  }

  private final AudioInput input =
      new AudioInput(
          new SourceSpec(
              "mic", "ada", "Ada", "student", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS),
          new SineDecoder(),
          new AvSync(250 * MS));
  private final float[] block = new float[2 * BLOCK];
  private float before;
  private float beforeThat;
  private float sharpest;

  /** Returns how steep the sound was at its steepest, from one sample to the next. */
  private float run(int seconds, double clockRatio, int jitterMillis, boolean reports) {
    Random random = new Random(SEED);
    PriorityQueue<Packet> network = new PriorityQueue<>();
    for (int i = 0; i < (seconds + 1) * 50; i++) {
      long sent = (long) ((i + 1) * 20L * MS * clockRatio);
      long delay = jitterMillis == 0 ? 0 : random.nextInt(jitterMillis) * MS;
      network.add(new Packet(30 * MS + sent + delay, 5_000 + i * 960L));
    }
    float steepest = 0;
    for (int frame = 0; frame < seconds * 30; frame++) {
      long now = frame * SECOND / 30;
      for (Packet next = network.peek(); next != null; next = network.peek()) {
        if (next.arrivalNanos() > now) {
          break;
        }
        network.remove();
        ByteBuffer payload = ByteBuffer.allocate(8).putLong(0, next.ticks());
        long capture = reports ? 3_900_000_000L * SECOND + next.ticks() * 62_500 / 3 : -1;
        input.frame(payload, next.ticks(), next.arrivalNanos(), capture);
      }
      input.read(now, block, BLOCK);
      if (frame > 60) {
        for (int i = 0; i < BLOCK; i++) {
          float sample = block[2 * i];
          steepest = Math.max(steepest, Math.abs(sample - before));
          sharpest = Math.max(sharpest, Math.abs(sample - 2 * before + beforeThat));
          beforeThat = before;
          before = sample;
        }
      }
      beforeThat = block[2 * BLOCK - 4];
      before = block[2 * BLOCK - 2];
    }
    return steepest;
  }

  @ParameterizedTest(name = "clock ratio {0}, jitter {1} ms, reports {2}")
  @CsvSource({
    "1.0, 0, false",
    "1.0002, 0, true",
    "0.9998, 0, false",
    "1.0, 30, true",
    "1.0002, 30, false",
    "0.9998, 50, true"
  })
  void playsWithoutAClickOverDriftAndJitter(double clockRatio, int jitter, boolean reports) {
    float steepest = run(90, clockRatio, jitter, reports);
    assertThat(steepest).as("seed " + SEED).isLessThan(0.03f); // the sine's own is 0.0196
    assertThat(input.concealedSamples()).isLessThan(48_000 / 4); // before the first packet
  }

  @ParameterizedTest(name = "clock ratio {0}, reports {1}")
  @CsvSource({"1.0002, true", "0.9998, true", "1.0002, false", "0.9998, false"})
  void correctsTenMinutesOfDriftWithoutABendOfTheSine(double clockRatio, boolean reports) {
    run(600, clockRatio, 0, reports);
    float own = 0.5f * (float) Math.pow(2 * Math.PI * 300 / 48_000, 2);
    assertThat(sharpest).isLessThan(own * 1.01f);
    assertThat(input.speed()).isCloseTo(1 / clockRatio, within(0.0002));
    assertThat(input.concealedSamples()).isLessThan(48_000 / 4); // before the first packet
    assertThat(input.lostPackets()).isZero();
  }

  @Test
  void keepsSilentAfterThePublisherIsLost() {
    run(2, 1, 0, false);
    for (int frame = 60; frame < 60 + 30 * 3_600; frame++) {
      input.read(frame * SECOND / 30, block, BLOCK);
    }
    for (float sample : block) {
      assertThat(Math.abs(sample)).isZero();
    }
  }

  @Test
  void takesAnyTimeThatAHostileSenderTells() {
    Random random = new Random(SEED);
    long ticks = 0;
    long capture = 0;
    long now = 7 * SECOND;
    for (int i = 0; i < 5_000; i++) {
      switch (random.nextInt(12)) {
        case 0 -> ticks += random.nextInt();
        case 1 -> ticks = random.nextLong();
        case 2 -> ticks -= random.nextInt(100_000);
        case 3 -> capture = random.nextLong() & Long.MAX_VALUE;
        case 4 -> capture = -1;
        case 5 -> now += random.nextInt(40) * SECOND;
        default -> ticks += 960;
      }
      now += 20 * MS;
      input.frame(ByteBuffer.allocate(8).putLong(0, ticks), ticks, now, capture);
      input.read(now, block, BLOCK);
      for (float sample : block) {
        assertThat(Math.abs(sample)).as("packet %d, seed %d", i, SEED).isLessThan(1);
      }
    }
    long ready = now;
    for (long i = 0; i < 250; i++) { // and is heard again when it tells the truth
      now = ready + i * 20 * MS;
      input.frame(ByteBuffer.allocate(8).putLong(0, i * 960), i * 960, now, -1);
      if (i % 5 < 3) {
        input.read(ready + i / 5 * 100 * MS + i % 5 * SECOND / 30, block, BLOCK);
      }
    }
    float loudest = 0;
    for (float sample : block) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    assertThat(loudest).isGreaterThan(0.4f);
  }
}
