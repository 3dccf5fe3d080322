package dev.amphi.composer.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceClockTest {
  private static final long MS = 1_000_000L;
  private static final long NTP = 3_900_000_000_000_000_000L;

  private static SourceClock clock() {
    return new SourceClock(20 * MS, 80 * MS);
  }

  @Test
  void readsTicks() {
    assertThat(SourceClock.mediaNanos(90_000, 90_000)).isEqualTo(1_000_000_000L);
    assertThat(SourceClock.mediaNanos(1, 48_000)).isEqualTo(20_833L);
    assertThat(SourceClock.mediaNanos(-45_000, 90_000)).isEqualTo(-500_000_000L);
  }

  @Test
  void playsSmoothArrivalsAfterTheLeastDelay() {
    SourceClock clock = clock();
    for (int i = 0; i < 100; i++) {
      clock.arrived(i * 33L * MS, 500 * MS + i * 33L * MS, -1);
    }
    assertThat(clock.offsetNanos()).isEqualTo(520 * MS);
  }

  @Test
  void waitsForJitterButNeverLongerThanTheBound() {
    SourceClock clock = clock();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      clock.arrived(i * 20L * MS, i * 20L * MS + random.nextInt(50) * MS, -1);
    }
    assertThat(clock.delayNanos()).isBetween(60 * MS, 70 * MS);
    clock.arrived(4_000 * MS, 4_000 * MS + 700 * MS, -1);
    assertThat(clock.delayNanos()).as("one straggler is not waited for").isLessThan(70 * MS);
    clock.arrived(4_020 * MS, 4_020 * MS + 700 * MS, -1);
    assertThat(clock.delayNanos()).isEqualTo(80 * MS);
  }

  @Test
  void followsASendersDrift() {
    for (int ppm : new int[] {200, -200}) {
      SourceClock clock = clock();
      long media = 0;
      long arrival = 0;
      for (int i = 0; i < 60 * 60 * 50; i++) {
        media = i * 20L * MS;
        arrival = media + media / 1_000_000 * ppm; // for an hour
        clock.arrived(media, arrival, NTP + media);
      }
      assertThat(media + clock.offsetNanos()).isCloseTo(arrival + 20 * MS, within(2 * MS));
    }
  }

  @Test
  void startsAfreshAfterAJumpOfTheTimestamps() {
    SourceClock clock = clock();
    clock.arrived(0, 0, -1);
    clock.arrived(9_000_000 * MS, 33 * MS, -1);
    assertThat(9_000_000 * MS + clock.offsetNanos()).isEqualTo(53 * MS);
  }

  @Test
  void startsAfreshAfterALongSilence() {
    SourceClock clock = clock();
    for (int i = 0; i < 100; i++) {
      clock.arrived(i * 20L * MS, i * 20L * MS, -1);
    }
    clock.arrived(300_000 * MS, 300_060 * MS, -1); // the clocks have gone apart meanwhile
    assertThat(clock.offsetNanos()).isEqualTo(80 * MS);
  }

  @Test
  void isOnASlowerPathWithinASecond() {
    SourceClock clock = clock();
    for (int i = 0; i < 250; i++) {
      long slower = i < 200 ? 0 : 500 * MS;
      clock.arrived(i * 20L * MS, i * 20L * MS + slower, -1);
    }
    assertThat(clock.offsetNanos()).isEqualTo(520 * MS);
  }

  @Test
  void isNotMovedByReportsAtAll() {
    SourceClock clock = clock();
    Random random = new Random(8);
    for (int i = 0; i < 100; i++) {
      clock.arrived(i * 33L * MS, 500 * MS + i * 33L * MS, random.nextLong(Long.MAX_VALUE));
    }
    assertThat(clock.offsetNanos()).isEqualTo(520 * MS);
  }
}
