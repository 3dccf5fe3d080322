package dev.amphi.composer.composition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.audio.AudioMixer;
import dev.amphi.composer.audio.LoudnessMeter;
import dev.amphi.composer.codec.AudioDecoder;
import dev.amphi.composer.timing.AvSync;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** People come, go, mute, drift and lose packets; what is listened to is the mix. */
class MixTest {
  private static final long SEED = 20_261_121;
  private static final long MS = 1_000_000L;
  private static final long SECOND = 1_000 * MS;
  private static final int BLOCK = 1_600;
  private static final int PACKET = 960;

  /** Bends of the sines, of faders and of blends stay below it; a click does not. */
  private static final float SHARPEST = 0.02f;

  private final Random random = new Random(SEED);
  private final AudioMixer mixer = new AudioMixer(BLOCK);
  private final LoudnessMeter meter = new LoudnessMeter();
  private final List<Person> people = new ArrayList<>();
  private float before;
  private float beforeThat;
  private float sharpest;
  private float loudest;

  private record SineDecoder(int hertz) implements AudioDecoder {
    @Override
    public int decode(ByteBuffer coded, float[] out) {
      long ticks = coded.getLong(coded.position());
      for (int i = 0; i < PACKET; i++) {
        out[2 * i] = (float) (0.2 * Math.sin(2 * Math.PI * hertz * (ticks + i) / 48_000.0));
        out[2 * i + 1] = out[2 * i];
      }
      return PACKET;
    }

    @Override
    public void close() {}
  }

  /** Gives what no sound is made of. */
  private static final class HostileDecoder implements AudioDecoder {
    private static final float[] VALUES = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3e38f, -3e38f, 1e-42f
    };
    private int next;

    @Override
    public int decode(ByteBuffer coded, float[] out) {
      for (int i = 0; i < 2 * PACKET; i++) {
        out[i] = VALUES[next++ / 100 % VALUES.length];
      }
      return PACKET;
    }

    @Override
    public void close() {}
  }

  private final class Person {
    final AudioInput input;
    final double rate;
    final long sinceNanos;
    long packets;
    boolean left;

    Person(AudioDecoder decoder, double ppm, long nowNanos) {
      rate = 48_000 * (1 + ppm / 1e6);
      sinceNanos = nowNanos;
      input =
          new AudioInput(
              new SourceSpec(
                  "m", "p", "P", "student", SourceSpec.Kind.MICROPHONE, SourceSpec.Codec.OPUS),
              decoder,
              new AvSync(250 * MS));
    }

    void send(long nowNanos) {
      for (; sinceNanos + (packets + 1) * PACKET / rate * 1e9 <= nowNanos - 10 * MS; packets++) {
        if (!left && random.nextInt(100) >= 3) {
          ByteBuffer payload = ByteBuffer.allocate(8).putLong(0, packets * PACKET);
          long arrival = (long) (sinceNanos + (packets + 1) * PACKET / rate * 1e9) + 10 * MS;
          input.frame(payload, packets * PACKET, arrival + random.nextInt(9) * MS, -1);
        }
      }
    }
  }

  private void mix(long nowNanos) {
    float[] block = new float[2 * BLOCK];
    mixer.begin();
    for (Person person : people) {
      person.send(nowNanos);
      person.input.read(nowNanos, block, BLOCK);
      person.input.strip().apply(block, BLOCK);
      mixer.add(block);
    }
    people.removeIf(person -> person.left && person.input.strip().fader().silent());
    float[] mixed = mixer.end();
    meter.add(mixed, BLOCK);
    for (int i = 0; i < BLOCK; i++) {
      float sample = mixed[2 * i];
      assertThat(Float.isFinite(sample)).isTrue();
      sharpest = Math.max(sharpest, Math.abs(sample - 2 * before + beforeThat));
      loudest = Math.max(loudest, Math.abs(sample));
      beforeThat = before;
      before = sample;
    }
  }

  private void leave(Person person) {
    person.left = true;
    person.input.leave();
  }

  @Test
  void neverClicksWhileTheyComeAndGoAndMute() {
    for (int frame = 0; frame < 120 * 30; frame++) {
      long now = frame * SECOND / 30;
      if (frame % 20 == 0) {
        int which = people.isEmpty() ? 0 : random.nextInt(people.size());
        switch (random.nextInt(4)) {
          case 0 -> {
            if (people.size() < 3) {
              double ppm = random.nextBoolean() ? 200 : -200;
              people.add(new Person(new SineDecoder(150 + 50 * random.nextInt(4)), ppm, now));
            }
          }
          case 1 -> {
            if (!people.isEmpty() && !people.get(which).left) {
              leave(people.get(which));
            }
          }
          default -> {
            if (!people.isEmpty() && !people.get(which).left) {
              people.get(which).input.strip().fader().open(random.nextBoolean());
            }
          }
        }
      }
      mix(now);
    }
    System.out.printf("measured: sharpest bend of the mix %.4f, loudest %.3f%n", sharpest, loudest);
    assertThat(loudest).isBetween(0.1f, 0.85f);
    assertThat(sharpest).as("seed %d", SEED).isLessThan(SHARPEST);
  }

  @Test
  void isNotDeafenedByADecoderThatGivesNoNumbers() {
    people.add(new Person(new SineDecoder(200), 0, 0));
    people.add(new Person(new HostileDecoder(), 0, 0));
    for (int frame = 0; frame < 300; frame++) {
      if (frame == 150) {
        leave(people.getLast());
      }
      if (frame == 240) {
        loudest = 0;
        sharpest = 0;
      }
      mix(frame * SECOND / 30);
    }
    assertThat(people).hasSize(1);
    assertThat(loudest).isBetween(0.1f, 0.85f);
    assertThat(sharpest).isLessThan(SHARPEST);
    assertThat(meter.momentary()).isBetween(-30.0, -8.0);
    assertThat(meter.integrated()).isBetween(-30.0, 0.0);
  }
}
