package dev.amphi.server.load.origin;

import java.util.List;

/**
 * One who watches without a screen: pictures and sound on a connection each, in both a reload that
 * waits for the next part, then that part, and so on. Confined to the swarm's thread.
 */
final class Viewer {
  /** What all viewers together met. */
  static final class Tally {
    long parts;
    long bytes;
    long stalls;
    long stalledNanos;
    long errors;
    int playing;
    int stalled;
    private int round;

    /** What happened while they came is not counted. */
    void begin() {
      parts = 0;
      bytes = 0;
      stalls = 0;
      stalledNanos = 0;
      errors = 0;
      stalled = 0;
      round++;
    }
  }

  /**
   * Segments of 48 pictures at 30 a second, in parts of 8; those of the sound are as long in the
   * mean.
   */
  private static final int PARTS = 6;

  private static final long PART_NANOS = 1_600_000_000L / PARTS;

  private final Tally tally;
  private final Track[] tracks;
  private long startNanos;
  private boolean playing;
  private int stalledRound = -1;

  /**
   * @param starts where each of the lists is now
   */
  Viewer(Swarm swarm, Requests requests, List<Start> starts, Tally tally) {
    this.tally = tally;
    this.tracks = new Track[starts.size()];
    for (int i = 0; i < tracks.length; i++) {
      tracks[i] = new Track(swarm, requests, i, starts.get(i));
    }
  }

  /**
   * Where to begin.
   *
   * @param msn of the oldest part to be played
   * @param before parts that are there already
   */
  record Start(long msn, int part, int before) {}

  private void arrived(long nowNanos) {
    if (!playing) {
      for (Track track : tracks) {
        if (track.left > 0) {
          return;
        }
      }
      playing = true;
      tally.playing++;
      startNanos = nowNanos;
    }
  }

  /** Media that is there was played to its end before this came: everything stood still. */
  private void late(long lateNanos) {
    tally.stalls++;
    tally.stalledNanos += lateNanos;
    startNanos += lateNanos;
    if (stalledRound != tally.round) {
      stalledRound = tally.round;
      tally.stalled++;
    }
  }

  private final class Track implements Line.Listener {
    private final Line line;
    private final Requests requests;
    private final int rendition;
    private long msn;
    private int part;
    private int left;
    private long bufferedNanos;
    private boolean waiting;

    Track(Swarm swarm, Requests requests, int rendition, Start start) {
      this.requests = requests;
      this.rendition = rendition;
      this.msn = start.msn();
      this.part = start.part();
      this.left = start.before();
      line = swarm.open(this);
      line.ask(requests.part(rendition, msn, part));
    }

    @Override
    public void answered(Line ignored, int status, long bodyBytes, long nowNanos) {
      if (status != 200) {
        tally.errors++;
        if (status == 0) {
          return; // The connection is gone, and with it what this viewer says.
        }
      }
      if (waiting) {
        waiting = false;
        line.ask(requests.part(rendition, msn, part));
        return;
      }
      tally.parts++;
      tally.bytes += bodyBytes;
      if (playing && nowNanos - startNanos > bufferedNanos) {
        late(nowNanos - startNanos - bufferedNanos);
      }
      bufferedNanos += PART_NANOS;
      left--;
      part++;
      if (part == PARTS) {
        part = 0;
        msn++;
      }
      arrived(nowNanos);
      if (left > 0) {
        line.ask(requests.part(rendition, msn, part));
      } else {
        waiting = true;
        line.ask(requests.reload(rendition, msn, part));
      }
    }
  }
}
