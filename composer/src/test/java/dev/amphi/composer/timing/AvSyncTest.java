package dev.amphi.composer.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AvSyncTest {
  private static final long MS = 1_000_000L;
  private static final long NTP = 3_900_000_000_000_000_000L;
  private static final long LIPS_MEDIA = 77_000_000 * MS;

  private final AvSync sync = new AvSync(250 * MS);
  private final SourceClock voice = new SourceClock(20 * MS, 140 * MS);
  private final SourceClock lips = new SourceClock(20 * MS, 140 * MS);
  private long now;

  @BeforeEach
  void add() {
    sync.add(voice, AvSync.Group.PERSON);
    sync.add(lips, AvSync.Group.PERSON);
  }

  /** Lets 20 ms pass with a packet of each whose path takes so long; less than 0 is none. */
  private void pass(long voiceDelay, long voiceCapture, long lipsDelay, long lipsCapture) {
    now += 20 * MS;
    if (voiceDelay >= 0) {
      voice.arrived(now - voiceDelay, now, voiceCapture < 0 ? -1 : now - voiceDelay + voiceCapture);
    }
    if (lipsDelay >= 0) {
      long captured = now - lipsDelay;
      lips.arrived(captured + LIPS_MEDIA, now, lipsCapture < 0 ? -1 : captured + lipsCapture);
    }
    sync.offsetNanos(voice, now);
  }

  private void pass(int times, long voiceDelay, long lipsDelay) {
    for (int i = 0; i < times; i++) {
      pass(voiceDelay, NTP, lipsDelay, NTP);
    }
  }

  /** From capture to play. */
  private long voiceWaits() {
    return sync.offsetNanos(voice, now);
  }

  private long lipsWait() {
    return sync.offsetNanos(lips, now) + LIPS_MEDIA;
  }

  @Test
  void playsVoiceAndLipsOfOneCaptureTimeTogether() {
    pass(100, 30 * MS, 110 * MS);
    assertThat(voiceWaits()).isEqualTo(130 * MS).isEqualTo(lipsWait());
  }

  @Test
  void holdsNobodyBackForLongForAnother() {
    pass(100, 0, 800 * MS);
    assertThat(voiceWaits()).isEqualTo(270 * MS);
    assertThat(lipsWait()).isEqualTo(820 * MS);
  }

  @Test
  void doesNotBelieveReportsThatSetSourcesApartBySeconds() {
    for (long wrong : new long[] {3_000 * MS, -3_000 * MS, -NTP + 5, Long.MAX_VALUE / 4 - NTP}) {
      for (int i = 0; i < 100; i++) {
        pass(30 * MS, NTP, 110 * MS, NTP + wrong);
      }
      assertThat(voiceWaits()).isEqualTo(50 * MS);
      assertThat(lipsWait()).isEqualTo(130 * MS);
    }
  }

  @Test
  void playsASourceWithoutReportsByItsArrival() {
    for (int i = 0; i < 100; i++) {
      pass(30 * MS, -1, 110 * MS, NTP);
    }
    assertThat(voiceWaits()).isEqualTo(50 * MS);
    for (int i = 0; i < 100; i++) {
      pass(30 * MS, NTP, 110 * MS, NTP);
    }
    assertThat(voiceWaits()).as("the first report has come").isEqualTo(130 * MS);
  }

  @Test
  void movesBothAtOnceWhenOneBecomesLater() {
    pass(100, 30 * MS, 30 * MS);
    pass(2, 30 * MS, 90 * MS);
    assertThat(voiceWaits()).isEqualTo(110 * MS).isEqualTo(lipsWait());
  }

  @Test
  void goesBackByTwoThousandthsOfTheTime() {
    pass(100, 80 * MS, 80 * MS);
    pass(300, 30 * MS, 30 * MS); // 4 s until the path that was is forgotten
    long before = voiceWaits();
    assertThat(before).isBetween(90 * MS, 100 * MS);
    pass(500, 30 * MS, 30 * MS);
    assertThat(before - voiceWaits()).isCloseTo(20 * MS, within(MS));
    assertThat(voiceWaits()).isEqualTo(lipsWait());
  }

  @Test
  void waitsForNobodyWhoSendsNothing() {
    pass(100, 30 * MS, 160 * MS);
    pass(200, 30 * MS, -1);
    assertThat(voiceWaits()).isBetween(174 * MS, 178 * MS);
    pass(3_500, 30 * MS, -1);
    assertThat(voiceWaits()).isEqualTo(50 * MS);
  }

  @Test
  void doesNotLetASlideThatTookLongHoldTheVoiceBack() {
    pass(100, 30 * MS, -1);
    for (int i = 0; i < 10; i++) {
      pass(100, 30 * MS, -1);
      pass(5, 30 * MS, 230 * MS);
      assertThat(lipsWait()).isEqualTo(250 * MS);
      assertThat(voiceWaits()).isEqualTo(50 * MS);
    }
  }

  @Test
  void leavesScreenAndPersonApart() {
    SourceClock screen = new SourceClock(20 * MS, 140 * MS);
    sync.add(screen, AvSync.Group.SCREEN);
    for (int i = 0; i < 100; i++) {
      pass(30 * MS, NTP, 30 * MS, NTP);
      screen.arrived(now - 200 * MS, now, NTP + now - 200 * MS);
    }
    assertThat(voiceWaits()).isEqualTo(50 * MS).isEqualTo(lipsWait());
    assertThat(sync.offsetNanos(screen, now)).isEqualTo(220 * MS);
  }
}
