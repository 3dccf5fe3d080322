package dev.amphi.composer.process;

import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.load.Appetites;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/** Brings frames to the stage, but for those of sources that rest. For one thread. */
final class FrameIntake {
  /** Hears who rests. */
  interface Rests {
    /** A source's pictures are left out for so long, and then up to its next key frame. */
    void rests(String sourceId, long nanos);
  }

  private final Stage stage;
  private final Rests rests;
  private final LongSupplier nanoClock;
  private final LongSupplier cpuClock;
  private final Appetites appetites = new Appetites();
  private final Set<String> pictures = new HashSet<>();

  /**
   * Brings frames to that stage.
   *
   * @param nanoClock the machine's monotonic clock
   * @param cpuClock what the calling thread has used of the processor, in nanoseconds
   */
  FrameIntake(Stage stage, Rests rests, LongSupplier nanoClock, LongSupplier cpuClock) {
    this.stage = stage;
    this.rests = rests;
    this.nanoClock = nanoClock;
    this.cpuClock = cpuClock;
  }

  /** A source is there, or its participant has another role. */
  void put(SourceSpec source) {
    switch (source.kind()) {
      case CAMERA, SCREEN -> {
        pictures.add(source.id());
        appetites.leads(source.id(), source.role().equals("instructor"));
      }
      case MICROPHONE, SCREEN_AUDIO -> {} // sound never rests
    }
  }

  void frame(Command.Frame frame) {
    if (!pictures.contains(frame.sourceId())) {
      bring(frame);
      return;
    }
    if (!appetites.allows(frame.sourceId(), frame.arrivalNanos())) {
      stage.skip(frame.sourceId());
      return;
    }
    long before = cpuClock.getAsLong();
    bring(frame);
    long cpuNanos = cpuClock.getAsLong() - before;
    long restNanos = appetites.spent(frame.sourceId(), frame.arrivalNanos(), cpuNanos);
    if (restNanos > 0) {
      rests.rests(frame.sourceId(), restNanos);
    }
  }

  private void bring(Command.Frame frame) {
    stage.frame(
        frame.sourceId(),
        frame.payload(),
        frame.ticks(),
        // What waited behind a hole or in the pipe is as late as what came late.
        Math.max(frame.arrivalNanos(), nanoClock.getAsLong()),
        frame.captureNtpNanos(),
        frame.keyFrame(),
        frame.gap());
  }

  void removed(String sourceId) {
    pictures.remove(sourceId);
    appetites.left(sourceId);
  }
}
