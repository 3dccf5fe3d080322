package dev.amphi.server.recompose;

import dev.amphi.packager.api.TrackComposer.Frame;
import dev.amphi.packager.api.TrackComposer.Frames;
import dev.amphi.packager.api.TrackComposer.Library;
import dev.amphi.packager.api.TrackComposer.Track;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One track on its way into the composition: opened when its time has come, one frame ahead, closed
 * after its last. For one thread.
 */
final class Reel implements AutoCloseable {
  /** What is to be done next with it. */
  enum Step {
    /** Its frames are to be opened. */
    OPEN,
    /** Its next frame is to be brought. */
    FRAME,
    /** It is over, and its last frame has been seen or heard. */
    END
  }

  private static final int PICTURE_TICKS_PER_MS = 90;

  /** So long before they are played frames are brought: what decodes and mixes needs that. */
  private static final long AHEAD_MS = 100;

  /**
   * A share is changed for another one in the moment of its first picture: before it there would be
   * none at all.
   */
  private static final long SHARE_AHEAD_MS = 12;

  /** What was brought last is played until then. */
  private static final long FADE_MS = 200;

  private final Track track;
  private final long aheadMs;
  private final EvenTicks ticks = new EvenTicks();
  private Step step = Step.OPEN;
  private long dueMs;
  private @Nullable Frames frames;
  private @Nullable Frame next;

  Reel(Track track) {
    this.track = track;
    this.aheadMs = track.kind().equals("screen") ? SHARE_AHEAD_MS : AHEAD_MS;
    this.dueMs = track.startMs() - aheadMs;
  }

  Track track() {
    return track;
  }

  /** What comes next. */
  Step step() {
    return step;
  }

  /** When, on the movie's time line. */
  long dueMs() {
    return dueMs;
  }

  /** Whether {@link #step} comes before that of another. */
  static int order(Reel one, Reel other) {
    int byTime = Long.compare(one.dueMs, other.dueMs);
    return byTime != 0 ? byTime : Integer.compare(one.track.number(), other.track.number());
  }

  /** Opens it, and looks for its first frame. */
  void open(Library library) throws IOException {
    frames = library.open(track);
    advance();
  }

  /** Gives out the next frame and looks for the one after it. */
  Frame take() throws IOException {
    Frame frame = next;
    if (frame == null) {
      throw new IllegalStateException("track " + track.number() + " has no frame");
    }
    advance();
    return frame;
  }

  /** The time of a frame by its codec's clock; to be asked once for each, in order. */
  long ticks(Frame frame) {
    return Casting.isSound(track)
        ? ticks.of(frame.atMs(), frame.durationMs())
        : frame.atMs() * PICTURE_TICKS_PER_MS;
  }

  private void advance() throws IOException {
    Frames from = frames;
    Optional<Frame> found = from == null ? Optional.empty() : from.next();
    long before = next == null ? track.startMs() : next.atMs();
    next = found.orElse(null);
    step = found.isPresent() ? Step.FRAME : Step.END;
    dueMs = found.map(frame -> frame.atMs() - aheadMs).orElse(before + FADE_MS);
  }

  @Override
  public void close() {
    if (frames != null) {
      frames.close();
    }
  }
}
