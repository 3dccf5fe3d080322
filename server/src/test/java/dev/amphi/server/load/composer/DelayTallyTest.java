package dev.amphi.server.load.composer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.codec.Picture;
import dev.amphi.server.load.source.ClockReader;
import dev.amphi.server.load.source.SyntheticPicture;
import java.util.List;
import org.junit.jupiter.api.Test;

class DelayTallyTest {
  private static final long MS = 1_000_000;
  private static final int LOOP = 120;

  private final FedLog fed = new FedLog(2);
  private final DelayTally tally = new DelayTally(fed, 2, LOOP);

  private void feed(int source, int frames) {
    for (int i = 0; i < frames; i++) {
      fed.fed(source, i, 1_000 * MS + i * 33L * MS);
    }
  }

  @Test
  void tellsTheAgeOfAFrameWhenItIsFirstShown() {
    feed(1, 10);
    long fedNanos = fed.nanos(1, 3);
    tally.seen(new FrameClock(1, 3), fedNanos + 70 * MS, fedNanos + 90 * MS, true);
    tally.seen(new FrameClock(1, 3), fedNanos + 103 * MS, fedNanos + 123 * MS, true);
    assertThat(tally.whole().count()).isEqualTo(1);
    assertThat(tally.whole().median()).isEqualTo(90);
    assertThat(tally.untilDue().median()).isEqualTo(70);
    assertThat(tally.afterDue().median()).isEqualTo(20);
  }

  @Test
  void knowsTheRoundOfALoopByWhatWasThere() {
    feed(0, 3 * LOOP);
    long second = fed.nanos(0, LOOP + 5);
    tally.seen(new FrameClock(0, 5), second, second + 100 * MS, true);
    assertThat(tally.whole().most()).isEqualTo(100);
  }

  @Test
  void countsFramesThatWereNeverShown() {
    feed(0, 20);
    for (int shown : List.of(4, 5, 8)) {
      tally.seen(new FrameClock(0, shown), 0, fed.nanos(0, shown) + 50 * MS, true);
    }
    assertThat(tally.skipped()).isEqualTo(2);
  }

  @Test
  void believesNoClockThatIsNobodys() {
    feed(0, 20);
    tally.seen(new FrameClock(7, 0), 0, 2_000 * MS, true);
    tally.seen(new FrameClock(0, LOOP), 0, 2_000 * MS, true);
    assertThat(tally.whole().count()).isZero();
  }

  @Test
  void theClockInThePictureSaysSourceAndFrame() {
    FrameClock clock = new FrameClock(3, 119);
    Picture picture = new SyntheticPicture(3, "Person 3", 640, 360).at(clock.millis());
    assertThat(ClockReader.read(picture))
        .singleElement()
        .satisfies(read -> assertThat(FrameClock.of(read.millis())).isEqualTo(clock));
  }
}
