package dev.amphi.composer.composition;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.timing.OutputTick;
import dev.amphi.composer.timing.SourceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * Makes a room's program, frame by frame, whatever the sources do. For one thread, the tick's;
 * encoders may have threads of their own.
 */
public final class Program {
  private static final int BURST = 8;

  private final Stage stage;
  private final OutputTick tick;
  private final SourceTime sourceTime = new SourceTime();
  private final Compositor compositor;
  private final SoundDesk sound;
  private final List<VideoLine> lines = new ArrayList<>();
  private CompositionState state = CompositionState.STARTING;

  /**
   * Opens all encoders and tells their formats.
   *
   * @param startNanos the instant of frame 0, on the sources' monotonic clock
   * @param executors gives each rendition's id what runs its encoder, one task after the other
   */
  public Program(
      CompositionSpec spec,
      Stage stage,
      ProgramCodecs codecs,
      Lettering lettering,
      ProgramOutput output,
      long startNanos,
      Function<String, Executor> executors) {
    this.stage = stage;
    this.tick = new OutputTick(startNanos, spec.framesPerSecond(), BURST);
    this.compositor = codecs.compositor(new Canvas(spec.width(), spec.height()), lettering);
    for (CompositionSpec.VideoRendition rendition : spec.renditions()) {
      lines.add(new VideoLine(spec, rendition, codecs, executors.apply(rendition.id()), output));
    }
    this.sound = new SoundDesk(spec, stage, codecs, output);
    state = state.reach(CompositionState.RUNNING);
  }

  /**
   * Makes the frames that are due, at most a burst. When several are, the machine is late: one
   * picture is drawn for all of them, while the sound goes on without a hole.
   *
   * @return when to come again
   */
  public long run(long nowNanos) {
    int due = tick.due(nowNanos);
    if (due == 0 || state != CompositionState.RUNNING) {
      return tick.deadlineNanos();
    }
    long behindNanos = sourceTime.of(tick.deadlineNanos(), nowNanos) - tick.deadlineNanos();
    try (Picture picture = stage.draw(compositor, tick.deadlineNanos() + behindNanos)) {
      for (int i = 0; i < due; i++) {
        long frame = tick.take();
        sound.make(frame, tick.timeNanos(frame) + behindNanos);
        for (VideoLine line : lines) {
          line.submit(picture.share(), frame);
        }
      }
    }
    return tick.deadlineNanos();
  }

  /** Ends the program; returns when the last sample is out. */
  public void close() throws InterruptedException {
    state = state.reach(CompositionState.CLOSING);
    CountDownLatch finished = new CountDownLatch(lines.size());
    lines.forEach(line -> line.finish(finished::countDown));
    sound.finish();
    finished.await();
    compositor.close();
    state = state.reach(CompositionState.ENDED);
  }

  /** Where the program is in its life. */
  public CompositionState state() {
    return state;
  }
}
