package dev.amphi.composer.process;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.codec.CodecMissing;
import dev.amphi.composer.composition.Handling;
import dev.amphi.composer.composition.Program;
import dev.amphi.composer.composition.ProgramCodecs;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.lettering.Java2dLettering;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * One program inside the child that is made of what was kept: the node says how time goes on, and
 * all that is due until then is made at once, on the one thread that also reads. So it is as fast
 * as the machine lets it be, what waits is what the pipe holds, and nothing is ever late.
 */
final class OfflineChild {
  /** The instant of the program's first frame: what is heard in it has to come before. */
  static final long ZERO_NANOS = 1_000_000_000L;

  private final CompositionSpec spec;
  private final DataInputStream in;
  private final ReportWriter reports;

  OfflineChild(CompositionSpec spec, DataInputStream in, OutputStream out) {
    this.spec = spec;
    this.in = in;
    this.reports = new ReportWriter(out, spec);
  }

  /** Runs until the input ends, or the program was told to. */
  void run(Supplier<ProgramCodecs> codecSource, Java2dLettering lettering) throws IOException {
    Stage stage;
    ProgramCodecs codecs;
    try {
      codecs = codecSource.get();
      stage = Child.stage(spec, codecs, lettering, reports, Handling.NONE);
    } catch (CodecMissing | IllegalArgumentException e) {
      reports.failed(String.valueOf(e.getMessage()));
      return;
    }
    reports.started(ZERO_NANOS);
    Program program =
        new Program(spec, stage, codecs, lettering, reports, ZERO_NANOS, id -> Runnable::run);
    if (obey(stage, program)) {
      try {
        program.close();
        reports.ended();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Takes commands until the last; returns false when the input ended without it. */
  private boolean obey(Stage stage, Program program) throws IOException {
    long dueNanos = ZERO_NANOS;
    for (ByteBuffer next = Wire.read(in); next != null; next = Wire.read(in)) {
      switch (CommandCodec.decode(next)) {
        case Command.Advance advance -> {
          while (dueNanos < advance.untilNanos()) {
            dueNanos = program.run(dueNanos);
          }
        }
        case Command.Put put -> stage.put(put.source());
        case Command.Remove remove -> stage.remove(remove.sourceId());
        case Command.Arrange arrange -> stage.arrange(arrange.arrangement());
        case Command.Words words -> stage.slate(words.slate());
        case Command.Frame frame ->
            stage.played(
                frame.sourceId(),
                frame.payload(),
                frame.ticks(),
                frame.arrivalNanos(),
                frame.keyFrame());
        case Command.Close close -> {
          return true;
        }
        case Command.Start start -> throw new BrokenWire("The program has started already");
        case Command.Mute mute -> throw unknown();
        case Command.Still still -> throw unknown();
        case Command.Ink ink -> throw unknown();
        case Command.Introduced told -> throw unknown();
        case Command.Loudest voice -> throw unknown();
        case Command.Listen listen -> throw unknown();
      }
    }
    return false;
  }

  private static BrokenWire unknown() {
    return new BrokenWire("What was kept has nothing of that");
  }
}
