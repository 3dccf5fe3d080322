package dev.amphi.composer.process;

import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.load.Appetites;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Brings frames to the stage, but for those of sources that rest. For one thread. */
final class FrameIntake {
  private final Stage stage;
  private final LongSupplier nanoClock;
  private final LongSupplier cpuClock;
  private final Appetites appetites = new Appetites();

  /**
   * Brings frames to that stage.
   *
   * @param nanoClock the machine's monotonic clock
   * @param cpuClock what the calling thread has used of the processor, in nanoseconds
   */
  FrameIntake(Stage stage, LongSupplier nanoClock, LongSupplier cpuClock) {
    this.stage = stage;
    this.nanoClock = nanoClock;
    this.cpuClock = cpuClock;
  }

  void frame(Command.Frame frame) {
    if (!appetites.allows(frame.sourceId(), frame.arrivalNanos())) {
      stage.skip(frame.sourceId());
      return;
    }
    long before = cpuClock.getAsLong();
    stage.frame(
        frame.sourceId(),
        frame.payload(),
        frame.ticks(),
        // What waited behind a hole or in the pipe is as late as what came late.
        Math.max(frame.arrivalNanos(), nanoClock.getAsLong()),
        frame.captureNtpNanos(),
        frame.keyFrame(),
        frame.gap());
    long cpuNanos = cpuClock.getAsLong() - before;
    long restNanos = appetites.spent(frame.sourceId(), frame.arrivalNanos(), cpuNanos);
    if (restNanos > 0) {
      System.err.printf(
          "Source %s rests for %d s: decoding its pictures takes too much%n",
          frame.sourceId(), TimeUnit.NANOSECONDS.toSeconds(restNanos));
    }
  }

  void removed(String sourceId) {
    appetites.left(sourceId);
  }
}
