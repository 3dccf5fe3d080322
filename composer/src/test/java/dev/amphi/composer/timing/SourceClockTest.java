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
  void readsTicksAndPrefersCaptureTime() {
    assertThat(SourceClock.mediaNanos(90_000, 90_000, -1)).isEqualTo(1_000_000_000L);
    assertThat(SourceClock.mediaNanos(1, 48_000, -1)).isEqualTo(20_833L);
    assertThat(SourceClock.mediaNanos(-45_000, 90_000, -1)).isEqualTo(-500_000_000L);
    assertThat(SourceClock.mediaNanos(90_000, 90_000, NTP)).isEqualTo(NTP);
  }

  @Test
  void playsSmoothArrivalsAfterTheLeastDelay() {
    SourceClock clock = clock();
    for (int i = 0; i < 100; i++) {
      clock.arrived(i * 33L * MS, 500 * MS + i * 33L * MS, false);
    }
    assertThat(clock.offsetNanos()).isEqualTo(520 * MS);
  }

  @Test
  void waitsForJitterButNeverLongerThanTheBound() {
    SourceClock clock = clock();
    Random random = new Random(5);
    for (int i = 0; i < 200; i++) {
      clock.arrived(i * 20L * MS, i * 20L * MS + random.nextInt(50) * MS, false);
    }
    assertThat(clock.delayNanos()).isBetween(60 * MS, 70 * MS);
    clock.arrived(4_000 * MS, 4_000 * MS + 700 * MS, false);
    assertThat(clock.delayNanos()).isEqualTo(80 * MS);
  }

  @Test
  void followsASendersDrift() {
    SourceClock clock = clock();
    long media = 0;
    long arrival = 0;
    for (int i = 0; i < 60 * 60 * 50; i++) {
      media = i * 20L * MS;
      arrival = media + media / 5_000; // the sender is 200 ppm fast, for an hour
      clock.arrived(media, arrival, true);
    }
    assertThat(media + clock.offsetNanos()).isCloseTo(arrival + 20 * MS, within(2 * MS));
  }

  @Test
  void startsAfreshAfterAJump() {
    SourceClock clock = clock();
    clock.arrived(0, 0, false);
    clock.arrived(NTP, 33 * MS, true);
    assertThat(NTP + clock.offsetNanos()).isEqualTo(53 * MS);
    assertThat(clock.byCapture()).isTrue();
  }

  @Test
  void playsVoiceAndLipsOfOneCaptureTimeTogether() {
    AvSync sync = new AvSync(250 * MS);
    SourceClock voice = clock();
    SourceClock lips = clock();
    sync.add(voice);
    sync.add(lips);
    for (int i = 0; i < 50; i++) {
      voice.arrived(NTP + i * 20L * MS, i * 20L * MS + 30 * MS, true);
      lips.arrived(NTP + i * 20L * MS, i * 20L * MS + 110 * MS, true);
    }
    assertThat(sync.offsetNanos(voice)).isEqualTo(sync.offsetNanos(lips));
    assertThat(NTP + sync.offsetNanos(voice)).isEqualTo(130 * MS);
  }

  @Test
  void holdsNobodyBackForLongForAnother() {
    AvSync sync = new AvSync(250 * MS);
    SourceClock voice = clock();
    SourceClock lips = clock();
    sync.add(voice);
    sync.add(lips);
    voice.arrived(NTP, 0, true);
    lips.arrived(NTP, 1_500 * MS, true);
    assertThat(sync.offsetNanos(voice) - voice.offsetNanos()).isEqualTo(250 * MS);
  }

  @Test
  void playsASourceWithoutReportsByItsArrival() {
    AvSync sync = new AvSync(250 * MS);
    SourceClock voice = clock();
    SourceClock lips = clock();
    sync.add(voice);
    sync.add(lips);
    voice.arrived(0, 100 * MS, false);
    lips.arrived(NTP, 300 * MS, true);
    assertThat(sync.offsetNanos(voice)).isEqualTo(120 * MS);
  }
}
