package dev.amphi.server.load.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.codec.Picture;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClockReaderTest {
  private static final long SEED = 20_261_101;

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void readsWhatWasDrawnAtEverySize() {
    for (int[] size : new int[][] {{320, 180}, {640, 360}, {640, 480}, {960, 540}, {1280, 720}}) {
      SyntheticPicture source = new SyntheticPicture(size[0], "Ada Lovelace", size[0], size[1]);
      for (int i = 0; i < 40; i++) {
        long now = random.nextLong(1L << 42);
        assertThat(ClockReader.read(source.at(now)))
            .as("seed %d, %d×%d, clock %d", SEED, size[0], size[1], now)
            .extracting(ClockReading::millis)
            .containsExactly((int) now);
      }
    }
  }

  @Test
  void readsAClockThatWasScaledToAThirdAndMadeNoisy() {
    for (int i = 0; i < 60; i++) {
      long now = random.nextLong(1L << 42);
      Canvas program = new Canvas(640, 360);
      program.rectangle(0, 0, 640, 360, Yuv.rgb(random.nextInt(0x1000000)));
      int width = random.nextInt(106, 320) * 2;
      int x = random.nextInt((640 - width) / 2 + 1) * 2;
      int height = width * 9 / 16 & ~1;
      int y = random.nextInt((360 - height) / 2 + 1) * 2;
      Scaled.draw(new SyntheticPicture(i, "N", 640, 360).at(now), program, x, y, width, height);
      Scaled.noise(program, random, 6);

      List<ClockReading> readings = ClockReader.read(program);

      assertThat(readings)
          .as("seed %d, picture %d: %d wide at %d,%d", SEED, i, width, x, y)
          .extracting(ClockReading::millis)
          .containsExactly((int) now);
      assertThat(readings.getFirst().x()).isBetween(x + width / 10, x + width / 4);
      assertThat(readings.getFirst().y()).isBetween(y + height / 6, y + height / 4);
    }
  }

  @Test
  void readsEveryTileOfAGrid() {
    Canvas program = new Canvas(1280, 720);
    program.rectangle(0, 0, 1280, 720, Yuv.BLACK);
    for (int i = 0; i < 9; i++) {
      Picture tile = new SyntheticPicture(i, "Tile " + i, 640, 360).at(1_000_000L + i);
      Scaled.draw(tile, program, i % 3 * 426, i / 3 * 240, 426, 240);
    }
    Scaled.noise(program, random, 4);

    assertThat(ClockReader.read(program))
        .extracting(ClockReading::millis)
        .containsExactlyInAnyOrder(
            1_000_000, 1_000_001, 1_000_002, 1_000_003, 1_000_004, 1_000_005, 1_000_006, 1_000_007,
            1_000_008);
  }

  @Test
  void readsNothingWhereTwoInstantsAreBlended() {
    Canvas blended = new Canvas(640, 360);
    Picture first = new SyntheticPicture(0, "A", 640, 360).at(0x5555_5555L);
    Picture second = new SyntheticPicture(0, "A", 640, 360).at(0x2aaa_aaaaL);
    for (int plane = 0; plane < 3; plane++) {
      for (int i = 0; i < blended.plane(plane).capacity(); i++) {
        int sum = (first.plane(plane).get(i) & 0xff) + (second.plane(plane).get(i) & 0xff);
        blended.plane(plane).put(i, (byte) (sum / 2));
      }
    }

    assertThat(ClockReader.read(blended)).isEmpty();
  }

  @Test
  void readsNothingInNoise() {
    for (int i = 0; i < 20; i++) {
      Canvas noise = new Canvas(320, 180);
      noise.rectangle(0, 0, 320, 180, Yuv.rgb(0x808080));
      Scaled.noise(noise, random, 90);

      assertThat(ClockReader.read(noise)).as("seed %d, picture %d", SEED, i).isEmpty();
    }
  }

  @Test
  void knowsTheAgeAcrossTheWrapOfItsBits() {
    ClockReading reading = new ClockReading((int) 0xffff_fff0L, 0, 0, 0, 0);

    assertThat(reading.ageMillis(0x1_0000_0010L)).isEqualTo(32);
    assertThat(reading.ageMillis(0xffff_ffe0L)).isEqualTo(-16);
  }

  @Test
  void writesTheCrcThatOthersCompute() {
    // The check value of CRC-16/IBM-3740 is over nine digits; these four bytes were computed apart.
    assertThat(ClockStrip.crc(0x31323334)).isEqualTo(0x5349);
  }
}
