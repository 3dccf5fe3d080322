package dev.amphi.composer.process;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.Slate;
import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.codec.PackedPicture;
import dev.amphi.composer.composition.Program;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.slides.Java2dInk;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/** One program inside the child: the main thread takes commands, another makes the frames. */
final class Child {
  private final CompositionSpec spec;
  private final DataInputStream in;
  private final ReportWriter reports;
  private final CompletableFuture<Java2dLettering> lettering;
  private volatile boolean closing;
  private volatile long openUntilNanos = System.nanoTime();

  Child(
      CompositionSpec spec,
      DataInputStream in,
      OutputStream out,
      CompletableFuture<Java2dLettering> lettering) {
    this.spec = spec;
    this.lettering = lettering;
    this.in = in;
    this.reports = new ReportWriter(out, spec);
  }

  /** Runs until the input ends, or the program was told to. */
  void run() throws IOException {
    Stage stage;
    FfmpegCodecs codecs;
    try {
      codecs = FfmpegCodecs.complete();
      Director director = new Director(new Canvas(spec.width(), spec.height()), spec.title());
      stage = new Stage(codecs, director, reports::keyFrameWanted, new Java2dInk());
    } catch (CodecMissing | IllegalArgumentException e) {
      reports.failed(String.valueOf(e.getMessage()));
      return;
    }
    Thread ticking =
        Thread.ofPlatform().name("program-tick").start(() -> tick(stage, codecs, lettering.join()));
    obey(stage);
    if (closing) {
      joinUninterrupted(ticking);
      reports.ended();
    }
  }

  /** Takes commands until the last. */
  private void obey(Stage stage) throws IOException {
    for (ByteBuffer next = Wire.read(in); next != null; next = Wire.read(in)) {
      switch (CommandCodec.decode(next)) {
        case Command.Start start -> throw new BrokenWire("The program has started already");
        case Command.Put put -> stage.put(put.source());
        case Command.Remove remove -> stage.remove(remove.sourceId());
        case Command.Mute mute -> stage.mute(mute.sourceId(), mute.muted());
        case Command.Still still ->
            PackedPicture.unpack(still.width(), still.height(), still.packed())
                .ifPresent(picture -> stage.still(still.sourceId(), picture));
        case Command.Ink ink -> stage.ink(ink.change());
        case Command.Arrange arrange -> stage.layout(arrange.layout(), arrange.spotlight());
        case Command.Words words -> show(stage, words.slate());
        case Command.Loudest voice -> stage.loudest(voice.participantId(), System.nanoTime());
        case Command.Listen listen -> stage.listen(listen.mixes());
        case Command.Close close -> {
          closing = true;
          return;
        }
        case Command.Frame f ->
            stage.frame(
                f.sourceId(),
                f.payload(),
                f.ticks(),
                f.arrivalNanos(),
                f.captureNtpNanos(),
                f.keyFrame(),
                f.gap());
      }
    }
  }

  private void show(Stage stage, Slate slate) {
    if (slate.kind() == Slate.Kind.ENDED) {
      openUntilNanos = System.nanoTime() + Slate.FAREWELL_NANOS;
    }
    stage.slate(slate);
  }

  /** The program's thread: wakes for each frame until it is told to end. */
  private void tick(Stage stage, FfmpegCodecs codecs, Java2dLettering lettering) {
    long zeroNanos = System.nanoTime();
    reports.started(zeroNanos);
    Program program =
        new Program(spec, stage, codecs, lettering, reports, zeroNanos, EncoderThread::new);
    while (!closing || System.nanoTime() - openUntilNanos < 0) {
      long nextNanos = program.run(System.nanoTime());
      long restNanos = nextNanos - System.nanoTime();
      if (restNanos > 0) {
        LockSupport.parkNanos(restNanos);
      }
    }
    try {
      program.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void joinUninterrupted(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
