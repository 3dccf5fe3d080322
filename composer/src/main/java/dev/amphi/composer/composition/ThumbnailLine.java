package dev.amphi.composer.composition;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.ThumbnailShape;
import dev.amphi.composer.codec.JpegEncoder;
import dev.amphi.composer.codec.Picture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Makes a small picture of the program every few seconds. It is the first thing that a busy machine
 * goes without: none is made while anything is shed, nor while the last one is still being made.
 */
final class ThumbnailLine {
  private static final int TICKS_PER_SECOND = 90_000;

  private final int everyFrames;
  private final int frameTicks;
  private final JpegEncoder encoder;
  private final Executor executor;
  private final ProgramOutput output;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** For the program's thread. */
  private long nextFrame;

  /**
   * @param encoder is this one's from now on
   * @param executor runs one task after the other
   */
  ThumbnailLine(
      CompositionSpec spec, JpegEncoder encoder, Executor executor, ProgramOutput output) {
    this.everyFrames = ThumbnailShape.EVERY_S * spec.framesPerSecond();
    this.frameTicks = TICKS_PER_SECOND / spec.framesPerSecond();
    this.encoder = encoder;
    this.executor = executor;
    this.output = output;
  }

  /** Shows it the picture of a frame, which stays the caller's. */
  void offer(Picture picture, long frame) {
    if (frame < nextFrame || !busy.compareAndSet(false, true)) {
      return;
    }
    nextFrame = frame + everyFrames;
    Picture own = picture.share();
    executor.execute(
        () -> {
          try (own) {
            encoder.encode(own, jpeg -> output.thumbnail(jpeg, frame * frameTicks));
          } finally {
            busy.set(false);
          }
        });
  }

  /** Gives out what is being made, frees everything, then runs {@code done}. */
  void finish(Runnable done) {
    executor.execute(
        () -> {
          encoder.close();
          done.run();
        });
  }
}
