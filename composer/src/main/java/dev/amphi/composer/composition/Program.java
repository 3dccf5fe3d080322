package dev.amphi.composer.composition;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Shed;
import dev.amphi.composer.api.ThumbnailShape;
import dev.amphi.composer.codec.Picture;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.load.Duty;
import dev.amphi.composer.load.Shedder;
import dev.amphi.composer.load.Strain;
import dev.amphi.composer.scene.Compositor;
import dev.amphi.composer.scene.Lettering;
import dev.amphi.composer.timing.OutputTick;
import dev.amphi.composer.timing.SourceTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Makes a room's program, frame by frame, whatever the sources do. Pictures and sound are made on
 * the same clock by a thread each, and encoders have threads of their own, so that the sound never
 * waits for a picture. A picture that is late stands for all frames that have passed meanwhile.
 */
public final class Program {
  private static final int BURST = PictureSpan.PART;

  /** When to look again whether a busy encoder has time. */
  private static final long BUSY_NANOS = 4_000_000L;

  private static final long TELL_NANOS = 1_000_000_000L;

  private final Stage stage;
  private final ProgramOutput output;
  private final OutputTick tick;
  private final OutputTick soundTick;
  private final PictureSpan spans;
  private final SourceTime sourceTime = new SourceTime();
  private final SourceTime soundTime = new SourceTime();
  private final Compositor compositor;
  private final SoundDesk sound;
  private final Optional<ThumbnailLine> thumbnails;
  private final List<VideoLine> lines = new ArrayList<>();
  private final LongSupplier nanoClock;
  private final Shedder shedder = new Shedder();
  private final Duty drawing = new Duty();
  private Shed shed = Shed.NOTHING;
  private final int frameTicks;
  private long nextFrame;
  private long latestNanos;
  private long toldNanos;
  private volatile CompositionState state = CompositionState.STARTING;

  /** A program whose work takes no time, for a clock that stands still. */
  public Program(
      CompositionSpec spec,
      Stage stage,
      ProgramCodecs codecs,
      Lettering lettering,
      ProgramOutput output,
      long startNanos,
      Function<String, Executor> executors) {
    this(spec, stage, codecs, lettering, output, startNanos, executors, () -> startNanos);
  }

  /**
   * Opens all encoders and tells their formats.
   *
   * @param startNanos the instant of frame 0, on the sources' monotonic clock
   * @param executors gives each rendition's id what runs its encoder, one task after the other
   * @param nanoClock tells how long work takes
   */
  public Program(
      CompositionSpec spec,
      Stage stage,
      ProgramCodecs codecs,
      Lettering lettering,
      ProgramOutput output,
      long startNanos,
      Function<String, Executor> executors,
      LongSupplier nanoClock) {
    this.stage = stage;
    this.output = output;
    this.frameTicks = 90_000 / spec.framesPerSecond();
    this.nanoClock = nanoClock;
    this.tick = new OutputTick(startNanos, spec.framesPerSecond(), BURST);
    this.soundTick = new OutputTick(startNanos, spec.framesPerSecond(), BURST);
    this.spans = new PictureSpan(spec.framesPerSegment());
    this.toldNanos = startNanos;
    this.compositor = codecs.compositor(new Canvas(spec.width(), spec.height()), lettering);
    int smallest =
        spec.renditions().stream()
            .mapToInt(CompositionSpec.VideoRendition::width)
            .min()
            .orElse(spec.width());
    for (CompositionSpec.VideoRendition rendition : spec.renditions()) {
      lines.add(
          new VideoLine(
              spec,
              rendition,
              rendition.width() > smallest,
              codecs,
              executors.apply(rendition.id()),
              output,
              nanoClock));
    }
    ThumbnailShape shape = ThumbnailShape.of(spec);
    this.thumbnails =
        codecs
            .jpegEncoder(shape.width(), shape.height())
            .map(jpeg -> new ThumbnailLine(spec, jpeg, executors.apply("thumbnails"), output));
    this.sound = new SoundDesk(spec, stage, codecs, output);
    state = state.reach(CompositionState.RUNNING);
  }

  /** Makes what is due of both, for who has one thread only; returns when to come again. */
  public long run(long nowNanos) {
    return Math.min(sound(nowNanos), picture(nowNanos));
  }

  /** Makes the sound that is due, at most a burst; returns when to come again. For one thread. */
  public long sound(long nowNanos) {
    int due = soundTick.due(nowNanos);
    if (due == 0 || state != CompositionState.RUNNING) {
      return soundTick.deadlineNanos();
    }
    long frameNanos = soundTick.deadlineNanos();
    long behindNanos = soundTime.of(frameNanos, nowNanos) - frameNanos;
    for (int i = 0; i < due; i++) {
      long frame = soundTick.take();
      sound.make(frame, soundTick.timeNanos(frame) + behindNanos);
    }
    return soundTick.deadlineNanos();
  }

  /**
   * Makes the picture that is due. When several are, the machine is late, and one picture stands
   * for all of them, to the end of its part at most; while an encoder is busy none is made.
   *
   * @return when to come again
   */
  public long picture(long nowNanos) {
    int due = tick.due(nowNanos);
    if (due == 0 || state != CompositionState.RUNNING) {
      return tick.deadlineNanos();
    }
    adapt(nowNanos);
    if (lines.stream().anyMatch(VideoLine::busy)) {
      return nowNanos + BUSY_NANOS;
    }
    long frame = nextFrame;
    int span = spans.of(frame, due, shed.includes(Shed.FRAME_RATE) ? 2 : 1);
    long shownNanos = sourceTime.of(tick.deadlineNanos(), nowNanos);
    long beganNanos = nanoClock.getAsLong();
    try (Picture picture = stage.draw(compositor, shownNanos)) {
      stage.news(frame * frameTicks).ifPresent(output::scene);
      stage.introductions(shownNanos).forEach(output::introduced);
      drawing.worked(nanoClock.getAsLong() - beganNanos);
      for (int i = 0; i < span; i++) {
        nextFrame = tick.take() + 1;
      }
      for (VideoLine line : lines) {
        line.submit(picture.share(), frame, span, shed);
      }
      thumbnails.ifPresent(line -> line.offer(picture, frame));
    }
    return tick.deadlineNanos();
  }

  /** Looks whether the machine has time for everything. */
  private void adapt(long nowNanos) {
    long lateNanos = nowNanos - tick.deadlineNanos();
    Strain strain = new Strain(lateNanos, drawing.share(nowNanos), "drawing");
    for (VideoLine line : lines) {
      strain = line.strain(strain, nowNanos);
    }
    latestNanos = Math.max(latestNanos, lateNanos);
    Shed now = shedder.observe(nowNanos, strain);
    if (now != shed || nowNanos - toldNanos >= TELL_NANOS) {
      if (now != shed) {
        stage.shed(now);
        output.shedding(now, strain);
      }
      shed = now;
      output.load(now, latestNanos);
      latestNanos = 0;
      toldNanos = nowNanos;
    }
  }

  /** Ends the program, when both threads have; returns when the last sample is out. */
  public void close() throws InterruptedException {
    state = state.reach(CompositionState.CLOSING);
    CountDownLatch finished = new CountDownLatch(lines.size() + (thumbnails.isPresent() ? 1 : 0));
    lines.forEach(line -> line.finish(finished::countDown));
    thumbnails.ifPresent(line -> line.finish(finished::countDown));
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
