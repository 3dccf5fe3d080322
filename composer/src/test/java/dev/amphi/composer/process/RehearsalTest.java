package dev.amphi.composer.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.lettering.Java2dLettering;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RehearsalTest {
  private final Java2dLettering lettering = new Java2dLettering();

  /**
   * Two pictures a frame, and at 1,024 of 1,600 samples a frame some three frames of sound in two.
   */
  @Test
  void playsThroughWhileNobodyCalls() throws InterruptedException {
    int samples = Rehearsal.run(new FfmpegCodecs(), lettering, () -> false);
    assertThat(samples).isBetween(3 * Rehearsal.MOST_FRAMES, 4 * Rehearsal.MOST_FRAMES);
  }

  @Test
  void leavesTheStageWhenTheProgramBeginsButNotBeforeANameWasDrawn() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    int samples = Rehearsal.run(new FfmpegCodecs(), lettering, () -> asked.incrementAndGet() == 3);
    assertThat(asked).hasValue(3);
    assertThat(samples)
        .isBetween(3 * (Rehearsal.LEAST_FRAMES + 2), 4 * (Rehearsal.LEAST_FRAMES + 4));
  }
}
