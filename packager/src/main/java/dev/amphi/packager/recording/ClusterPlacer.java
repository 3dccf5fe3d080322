package dev.amphi.packager.recording;

import dev.amphi.packager.webm.Cluster;
import dev.amphi.packager.webm.NetworkFrame;
import dev.amphi.packager.webm.TrackCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts the frames of a track where the movie shows them: a file's time is the movie's, counted from
 * its first frame. While the movie stands still, before it and in a pause, sound is left out; what
 * pictures there are stay, because later ones need them, a millisecond each. Pure; for one thread.
 */
final class ClusterPlacer {
  private static final int LONGEST_MS = 30_000;
  private static final long GAP_MS = 1_000;
  private static final int USUAL_PICTURE_MS = 33;

  private final TrackCodec codec;
  private final MovieClock clock;
  private final List<JournalEntry.Run> runs = new ArrayList<>();
  private long zeroMs = -1;
  private long lastMs = -1;
  private long endMs = -1;
  private long runMs = -1;
  private Instant runAt = Instant.EPOCH;

  ClusterPlacer(TrackCodec codec, MovieClock clock) {
    this.codec = codec;
    this.clock = clock;
  }

  /**
   * The frames of a cluster at their places, in one cluster or more; none when all are left out.
   *
   * @param startsAt wall clock where the frames' time is zero
   */
  List<Cluster> place(List<Cluster.Frame> frames, Instant startsAt) {
    List<Cluster> placed = new ArrayList<>();
    for (Cluster.Frame frame : frames) {
      Instant at = startsAt.plusMillis(frame.atMs());
      if (codec.video() || clock.runs(at)) {
        add(placed, frame, at);
      }
    }
    return placed;
  }

  private void add(List<Cluster> placed, Cluster.Frame frame, Instant at) {
    long movieMs = Math.max(clock.millis(at), lastMs + 1);
    if (zeroMs < 0) {
      zeroMs = movieMs;
    }
    long own = movieMs - zeroMs;
    if (placed.isEmpty() || own - placed.getLast().timeMs() > LONGEST_MS) {
      placed.add(new Cluster(own));
    }
    placed.getLast().add(own, frame.key(), frame.bytes());
    if (runMs < 0 || movieMs - endMs > GAP_MS) {
      endRun();
      runMs = movieMs;
      runAt = at;
    }
    long lasts = NetworkFrame.durationMs(codec, frame.bytes());
    lastMs = movieMs;
    endMs = movieMs + (lasts > 0 ? lasts : USUAL_PICTURE_MS);
  }

  /** Where the file begins in the movie. */
  long zeroMs() {
    return Math.max(0, zeroMs);
  }

  /** How long the file is. */
  long durationMs() {
    return Math.max(0, endMs - zeroMs);
  }

  /** What of the movie it has; call it last. */
  List<JournalEntry.Run> runs() {
    endRun();
    return List.copyOf(runs);
  }

  private void endRun() {
    if (runMs >= 0) {
      runs.add(new JournalEntry.Run(runMs, endMs - runMs, runAt));
      runMs = -1;
    }
  }
}
