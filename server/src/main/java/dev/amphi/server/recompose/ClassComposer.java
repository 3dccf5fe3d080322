package dev.amphi.server.recompose;

import dev.amphi.composer.api.CompositionSpec;
import dev.amphi.composer.api.CompositionSpec.VideoRendition;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.api.ProgramListener;
import dev.amphi.composer.process.ChildCommand;
import dev.amphi.composer.process.OfflineComposition;
import dev.amphi.packager.api.TrackComposer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Composes classes again of their tracks, in a process of the composer's: the node reads files and
 * writes files, and decodes nothing.
 */
public final class ClassComposer implements TrackComposer {
  /** A machine full of classes may take so long for a second of what can wait. */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final int FRAMES_PER_SECOND = 30;

  /** 4.8 s: nobody joins in the middle, and a still page is sent anew less often. */
  private static final int FRAMES_PER_SEGMENT = 144;

  private static final int SOUND_BPS = 128_000;

  private final ChildCommand command;
  private final Duration patience;
  private final LongSupplier nanoClock;

  /**
   * @param command starts the composer's process
   * @param nanoClock the machine's monotonic clock
   */
  public ClassComposer(ChildCommand command, LongSupplier nanoClock) {
    this(command, PATIENCE, nanoClock);
  }

  ClassComposer(ChildCommand command, Duration patience, LongSupplier nanoClock) {
    this.command = command;
    this.patience = patience;
    this.nanoClock = nanoClock;
  }

  @Override
  public Optional<String> refusal(Show show, List<Track> tracks) {
    return new Casting(show).refusal(tracks);
  }

  @Override
  public void compose(Order order, Output output) throws IOException, InterruptedException {
    Casting casting = new Casting(order.show());
    VideoRendition size = Ladder.step(casting.rendition(order.tracks())).orElseThrow();
    CompositionSpec spec =
        new CompositionSpec(
            order.roomId(),
            order.title(),
            size.width(),
            size.height(),
            FRAMES_PER_SECOND,
            FRAMES_PER_SEGMENT,
            List.of(size),
            SOUND_BPS);
    try (OfflineComposition program =
            new OfflineComposition(command, spec, into(output, size), patience, nanoClock);
        Playback playback = new Playback(order, casting, program)) {
      order.stop().whenAsked(program::close);
      playback.play();
      program.finish();
    }
  }

  private static ProgramListener into(Output output, VideoRendition size) {
    return new ProgramListener() {
      @Override
      public void format(
          String renditionId,
          boolean video,
          int width,
          int height,
          ByteBuffer codecConfig,
          int timescale,
          Instant startsAt,
          int epoch) {
        int bitrateBps = video ? size.bitrateBps() : SOUND_BPS;
        output.format(video, width, height, bitrateBps, codecConfig, timescale);
      }

      @Override
      public void sample(
          String renditionId, ByteBuffer payload, long timeTicks, int durationTicks, boolean sync) {
        output.sample(renditionId.equals(size.id()), payload, durationTicks, sync);
      }

      @Override
      public void keyFrameWanted(String sourceId) {} // What was kept cannot be asked for another.

      @Override
      public void interrupted(String reason) {} // Whoever brings frames hears of it.

      @Override
      public void ended() {} // As this.
    };
  }
}
