package dev.amphi.server.recompose;

import dev.amphi.composer.process.OfflineComposition;
import dev.amphi.packager.api.TrackComposer.Frame;
import dev.amphi.packager.api.TrackComposer.Order;
import dev.amphi.packager.api.TrackComposer.Track;
import java.io.IOException;
import java.util.PriorityQueue;

/**
 * Plays the tracks of a recording into a composition, all at their places on the movie's time line.
 * Of the tracks only those are open whose time it is. For one thread.
 */
final class Playback implements AutoCloseable {
  private static final long NANOS_PER_MS = 1_000_000L;

  private final Order order;
  private final OfflineComposition program;
  private final Lineup lineup;
  private final PriorityQueue<Reel> reels = new PriorityQueue<>(Reel::order);

  Playback(Order order, Casting casting, OfflineComposition program) {
    this.order = order;
    this.program = program;
    this.lineup = new Lineup(casting, order.show(), program);
    casting.cast(order.tracks()).forEach(track -> reels.add(new Reel(track)));
  }

  /** Plays all of it; returns when the last frame was brought. */
  void play() throws IOException {
    lineup.open(order.tracks());
    while (!reels.isEmpty() && reels.element().dueMs() < order.durationMs()) {
      if (order.stop().isAsked()) {
        throw new IOException("it was stopped");
      }
      Reel reel = reels.remove();
      boolean goesOn = false;
      try {
        program.advance(reel.dueMs() * NANOS_PER_MS);
        goesOn = step(reel);
      } finally {
        if (!goesOn) {
          reel.close();
        }
      }
      if (goesOn) {
        reels.add(reel);
      }
    }
    program.advance(order.durationMs() * NANOS_PER_MS);
  }

  /** Returns whether there is more of it. */
  private boolean step(Reel reel) throws IOException {
    Track track = reel.track();
    switch (reel.step()) {
      case OPEN -> {
        reel.open(order.library());
        return reel.step() == Reel.Step.FRAME;
      }
      case FRAME -> {
        Frame frame = reel.take();
        lineup.enter(track);
        program.frame(
            Lineup.id(track),
            frame.payload(),
            reel.ticks(frame),
            frame.atMs() * NANOS_PER_MS,
            frame.key());
        lineup.shown(track);
        return true;
      }
      case END -> {
        lineup.leave(track);
        return false;
      }
    }
    throw new IllegalStateException("a step " + reel.step());
  }

  @Override
  public void close() {
    reels.forEach(Reel::close);
  }
}
