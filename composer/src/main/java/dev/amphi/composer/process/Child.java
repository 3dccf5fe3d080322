package dev.amphi.composer.process;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.composition.Handling;
import dev.amphi.composer.composition.Program;
import dev.amphi.composer.composition.ProgramCodecs;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.scene.Look;
import dev.amphi.composer.scene.Words;
import dev.amphi.composer.slides.Java2dInk;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/** One program inside the child: the main thread takes commands, others make the frames. */
final class Child {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final CompositionSpec spec;
  private final DataInputStream in;
  private final ReportWriter reports;
  private final Supplier<ProgramCodecs> codecSource;
  private final Handling handling;
  private final CompletableFuture<Java2dLettering> lettering;
  private volatile boolean closing;
  private volatile long openUntilNanos = System.nanoTime();

  Child(
      CompositionSpec spec,
      DataInputStream in,
      OutputStream out,
      Supplier<ProgramCodecs> codecSource,
      Handling handling,
      CompletableFuture<Java2dLettering> lettering) {
    this.codecSource = codecSource;
    this.handling = handling;
    this.spec = spec;
    this.lettering = lettering;
    this.in = in;
    this.reports = new ReportWriter(out, spec);
  }

  /** Runs until the input ends, or the program was told to. */
  void run() throws IOException {
    Stage stage;
    ProgramCodecs codecs;
    try {
      codecs = codecSource.get();
      stage = stage(spec, codecs, lettering.join(), reports, handling);
    } catch (CodecMissing | IllegalArgumentException e) {
      reports.failed(String.valueOf(e.getMessage()));
      return;
    }
    long zeroNanos = System.nanoTime();
    reports.started(zeroNanos);
    Program program =
        new Program(
            spec,
            stage,
            codecs,
            lettering.join(),
            reports,
            zeroNanos,
            EncoderThread::new,
            System::nanoTime);
    Thread pictures = ticking("program-tick", program::picture);
    Thread sound = ticking("program-sound", program::sound);
    obey(stage);
    if (closing) {
      end(program, pictures, sound);
    }
  }

  /** An empty stage that looks as this process was told. */
  static Stage stage(
      CompositionSpec spec,
      ProgramCodecs codecs,
      Java2dLettering lettering,
      ReportWriter reports,
      Handling handling) {
    Canvas canvas = new Canvas(spec.width(), spec.height());
    Look look = new Look(lettering.cornerMark(canvas), Words.ofThisProcess());
    Director director = new Director(canvas, spec.title(), look);
    return new Stage(codecs, director, reports::keyFrameWanted, new Java2dInk(), handling);
  }

  private void end(Program program, Thread pictures, Thread sound) {
    try {
      pictures.join();
      sound.join();
      program.close();
      reports.ended();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes commands until the last. */
  private void obey(Stage stage) throws IOException {
    FrameIntake intake =
        new FrameIntake(stage, reports::rests, System::nanoTime, THREADS::getCurrentThreadCpuTime);
    for (ByteBuffer next = Wire.read(in); next != null; next = Wire.read(in)) {
      switch (CommandCodec.decode(next)) {
        case Command.Start start -> throw new BrokenWire("The program has started already");
        case Command.Put put -> {
          stage.put(put.source());
          intake.put(put.source());
        }
        case Command.Remove remove -> {
          stage.remove(remove.sourceId());
          intake.removed(remove.sourceId());
        }
        case Command.Mute mute -> stage.mute(mute.sourceId(), mute.muted());
        case Command.Still still ->
            PackedPicture.unpack(still.width(), still.height(), still.packed())
                .ifPresent(picture -> stage.still(still.sourceId(), picture));
        case Command.Ink ink -> stage.ink(ink.change());
        case Command.Arrange arrange -> stage.arrange(arrange.arrangement());
        case Command.Words words -> show(stage, words.slate());
        case Command.Introduced told -> stage.introduced(told.participantIds());
        case Command.Loudest voice -> stage.loudest(voice.participantId(), System.nanoTime());
        case Command.Listen listen -> stage.listen(listen.mixes());
        case Command.Advance advance -> throw new BrokenWire("This program has a clock of its own");
        case Command.Close close -> {
          closing = true;
          return;
        }
        case Command.Frame frame -> intake.frame(frame);
      }
    }
  }

  private void show(Stage stage, Slate slate) {
    if (slate.kind() == Slate.Kind.ENDED) {
      openUntilNanos = System.nanoTime() + Slate.FAREWELL_NANOS;
    }
    stage.slate(slate);
  }

  /** A thread that wakes for each frame until the program is told to end. */
  private Thread ticking(String name, LongUnaryOperator make) {
    return Thread.ofPlatform()
        .name(name)
        .start(
            () -> {
              while (!closing || System.nanoTime() - openUntilNanos < 0) {
                long nextNanos = make.applyAsLong(System.nanoTime());
                long restNanos = nextNanos - System.nanoTime();
                if (restNanos > 0) {
                  LockSupport.parkNanos(restNanos);
                }
              }
            });
  }
}
