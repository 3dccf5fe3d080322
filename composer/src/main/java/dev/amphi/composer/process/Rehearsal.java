package dev.amphi.composer.process;

import dev.amphi.composer.api.Arrangement;
import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.SourceSpec;
import dev.amphi.composer.codec.PlanarPicture;
import dev.amphi.composer.codec.VideoEncoder;
import dev.amphi.composer.codec.VideoEncoding;
import dev.amphi.composer.composition.Handling;
import dev.amphi.composer.composition.Program;
import dev.amphi.composer.composition.ProgramOutput;
import dev.amphi.composer.composition.Stage;
import dev.amphi.composer.ffmpeg.FfmpegCodecs;
import dev.amphi.composer.layout.Canvas;
import dev.amphi.composer.lettering.Java2dLettering;
import dev.amphi.composer.scene.Director;
import dev.amphi.composer.scene.Look;
import dev.amphi.composer.scene.Words;
import dev.amphi.composer.slides.Java2dInk;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A tiny program that nobody sees, in a child that waits for the real one: a slate, two cameras and
 * a voice, as fast as it goes. Then the classes are loaded and linked, and with some time to wait
 * what runs for each frame is compiled, before there is a clock to be late for. The first name
 * alone takes half a second to draw in a cold Java machine.
 */
final class Rehearsal implements ProgramOutput {
  /** A name is in the picture by then. */
  static final int LEAST_FRAMES = 12;

  /** What runs once for each is compiled by then. */
  static final int MOST_FRAMES = 120;

  private static final long FRAME_NANOS = 33_333_334L;
  private static final Canvas CANVAS = new Canvas(320, 180);
  private static final CompositionSpec SPEC =
      new CompositionSpec(
          "rehearsal",
          "Rehearsal",
          CANVAS.width(),
          CANVAS.height(),
          30,
          48,
          List.of(
              new VideoRendition("large", CANVAS.width(), CANVAS.height(), 300_000),
              new VideoRendition("small", CANVAS.width() / 2, CANVAS.height() / 2, 100_000)),
          128_000);

  /** An Opus packet of 20 ms without a sound (RFC 6716 §3). */
  private static final byte[] SILENCE = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};

  private int samples;

  /**
   * Plays it.
   *
   * @param called whether the real program begins
   * @return how many coded pictures and frames of sound came of it
   */
  static int run(FfmpegCodecs codecs, Java2dLettering lettering, BooleanSupplier called)
      throws InterruptedException {
    Look look = new Look(lettering.cornerMark(CANVAS), Words.ofThisProcess());
    Director director = new Director(CANVAS, SPEC.title(), look);
    Stage stage = new Stage(codecs, director, source -> {}, new Java2dInk(), Handling.NONE);
    Rehearsal heard = new Rehearsal();
    Program program =
        new Program(SPEC, stage, codecs, lettering, heard, 0, rendition -> Runnable::run, () -> 0);
    ByteBuffer picture = picture(codecs);
    List<SourceSpec> cast = List.of(source("a", false), source("b", false), source("a", true));
    program.run(0);
    cast.forEach(stage::put);
    stage.arrange(new Arrangement("grid", "", Set.of()));
    for (int frame = 1; frame < MOST_FRAMES; frame++) {
      long nowNanos = frame * FRAME_NANOS;
      for (SourceSpec source : cast) {
        boolean sound = source.kind() == SourceSpec.Kind.MICROPHONE;
        ByteBuffer payload = sound ? ByteBuffer.wrap(SILENCE) : picture.duplicate();
        long ticks = sound ? frame * 960L : frame * 3_000L;
        stage.frame(source.id(), payload, ticks, nowNanos, -1, true, false);
      }
      program.run(nowNanos);
      if (frame >= LEAST_FRAMES && called.getAsBoolean()) {
        break;
      }
    }
    program.close();
    cast.forEach(source -> stage.remove(source.id()));
    return heard.samples;
  }

  private static SourceSpec source(String person, boolean sound) {
    return new SourceSpec(
        person + (sound ? " sound" : " picture"),
        person,
        "Person " + person,
        person.equals("a") ? "instructor" : "student",
        sound ? SourceSpec.Kind.MICROPHONE : SourceSpec.Kind.CAMERA,
        sound ? SourceSpec.Codec.OPUS : SourceSpec.Codec.VP8);
  }

  private static ByteBuffer picture(FfmpegCodecs codecs) {
    ByteBuffer[] coded = {ByteBuffer.allocate(0)};
    try (VideoEncoder encoder = codecs.vp8Encoder(new VideoEncoding(64, 48, 30, 30, 100_000))) {
      encoder.encode(
          new PlanarPicture(64, 48),
          0,
          true,
          (payload, time, sync) ->
              coded[0] = ByteBuffer.allocate(payload.remaining()).put(payload).flip());
    }
    return coded[0];
  }

  @Override
  public void format(
      String renditionId, boolean video, int width, int height, ByteBuffer config, int timescale) {}

  @Override
  public void sample(
      String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
    samples++;
  }

  @Override
  public void sound(String without, ByteBuffer payload, long timeTicks) {}

  @Override
  public void loudness(double lufs) {}

  @Override
  public void keyFrameWanted(String sourceId) {}
}
