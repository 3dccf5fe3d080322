package dev.amphi.server.load.hls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A player's place on the timeline, moved by a clock that is given to it: starts at the hold-back
 * behind the edge, plays while every track has media there, waits while one has not, and plays up
 * to 8 % faster while it is further behind than it should be, by the rules of hls.js 1.6
 * (latency-controller, {@code maxLiveSyncPlaybackRate} 1.08). Pure; for one thread at a time.
 *
 * <p>Media times are nanoseconds since 1970 on the timeline of PROGRAM-DATE-TIME.
 */
final class Playhead {
  /** Hears when a moment that was marked is shown. */
  interface Screen {
    /**
     * A marked moment is on the screen.
     *
     * @param shownNanos the monotonic time at which it is
     */
    void shown(long mark, long shownNanos);
  }

  private static final double FASTEST = 1.08;
  private static final double TOLERATED_BEHIND_S = 0.05;
  private static final long BUFFER_TO_SPEED_NANOS = 1_000_000_000L;

  /** What each stall that hls.js notices adds to the goal ({@code liveSyncOnStallIncrease}). */
  private static final long STALL_PENALTY_NANOS = 1_000_000_000L;

  /** hls.js looks for stalls ten times a second; a shorter one is over before it looks. */
  private static final long NOTICED_STALL_NANOS = 100_000_000L;

  /** What must be there to go on after a wait. */
  private static final long RESUME_NANOS = 100_000_000L;

  /** Holes as small as this are rounding of times, not missing media. */
  private static final long ROUNDING_NANOS = 60_000_000L;

  private final List<Track> tracks = new ArrayList<>();
  private final Screen screen;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private State state = State.STARTING;
  private long positionNanos;
  private long lastNanos;
  private double rate = 1;
  private long edgeNanos;
  private long edgeSeenNanos;
  private long holdBackNanos;
  private long targetNanos;
  private long stalledNanos;
  private int stalls;
  private long waitingSinceNanos;
  private int noticedStalls;

  private enum State {
    STARTING,
    PLAYING,
    WAITING
  }

  private record Mark(long mediaNanos, long mark) {}

  /** The media of one track that is there, in order, without overlap. */
  private static final class Track {
    final Deque<long[]> ranges = new ArrayDeque<>();

    void add(long start, long end) {
      long[] last = ranges.peekLast();
      if (last != null && start <= last[1] + ROUNDING_NANOS) {
        last[1] = Math.max(last[1], end);
      } else {
        ranges.addLast(new long[] {start, end});
      }
    }

    /** Where the media that is there from a position on ends; the position when there is none. */
    long end(long position) {
      while (ranges.size() > 1 && ranges.getFirst()[1] <= position) {
        ranges.removeFirst();
      }
      long[] first = ranges.peekFirst();
      return first == null || first[0] > position + ROUNDING_NANOS
          ? position
          : Math.max(position, first[1]);
    }

    /** The first position from the given one on at which there is media, or Long.MAX_VALUE. */
    long from(long position) {
      if (end(position) > position) {
        return position;
      }
      long[] first = ranges.peekFirst();
      return first == null || first[1] <= position ? Long.MAX_VALUE : first[0];
    }
  }

  Playhead(int trackCount, Screen screen) {
    for (int i = 0; i < trackCount; i++) {
      tracks.add(new Track());
    }
    this.screen = screen;
  }

  /** A playlist came: where the media ends now, and how far behind that it should be played. */
  void edge(long edge, long holdBack, long target, long nowNanos) {
    advance(nowNanos);
    if (edgeNanos == 0) {
      positionNanos = edge - holdBack;
    }
    if (edge > edgeNanos) {
      edgeNanos = edge;
      edgeSeenNanos = nowNanos;
    }
    holdBackNanos = holdBack;
    targetNanos = target;
  }

  /** Media of a track is there. */
  void buffered(int track, long startNanos, long endNanos, long nowNanos) {
    advance(nowNanos);
    tracks.get(track).add(startNanos, endNanos);
    startOrResume(nowNanos);
  }

  /** Asks to be told when a moment is shown; moments come in order, and before they are played. */
  void mark(long mediaNanos, long mark) {
    if (mediaNanos >= positionNanos) {
      marks.addLast(new Mark(mediaNanos, mark));
    }
  }

  private void startOrResume(long nowNanos) {
    if (state == State.PLAYING || edgeNanos == 0) {
      return;
    }
    long next = positionNanos;
    for (Track track : tracks) {
      next = Math.max(next, track.from(positionNanos));
    }
    // A hole that will not be filled any more is skipped, as players do.
    if (next != Long.MAX_VALUE && bufferEnd(next) - next >= RESUME_NANOS) {
      if (state == State.WAITING && nowNanos - waitingSinceNanos >= NOTICED_STALL_NANOS) {
        noticedStalls++;
      }
      positionNanos = next;
      state = State.PLAYING;
      lastNanos = nowNanos;
    }
  }

  /** Plays until now; the rate changes only here, as in a browser's timeupdate. */
  void advance(long nowNanos) {
    if (state != State.PLAYING) {
      if (state == State.WAITING) {
        stalledNanos += nowNanos - lastNanos;
      }
      lastNanos = nowNanos;
      return;
    }
    long end = bufferEnd(positionNanos);
    long wanted = positionNanos + (long) ((nowNanos - lastNanos) * rate);
    long reached = Math.min(wanted, end);
    show(reached);
    positionNanos = reached;
    if (wanted > end) {
      state = State.WAITING;
      stalls++;
      waitingSinceNanos = nowNanos - (long) ((wanted - end) / rate);
      stalledNanos += nowNanos - waitingSinceNanos;
    }
    lastNanos = nowNanos;
    rate = rateNow(nowNanos);
  }

  private void show(long reached) {
    while (!marks.isEmpty() && marks.getFirst().mediaNanos <= reached) {
      Mark mark = marks.removeFirst();
      long after = (long) (Math.max(0, mark.mediaNanos - positionNanos) / rate);
      screen.shown(mark.mark, lastNanos + after);
    }
  }

  private long bufferEnd(long position) {
    long end = Long.MAX_VALUE;
    for (Track track : tracks) {
      end = Math.min(end, track.end(position));
    }
    return end;
  }

  private double rateNow(long nowNanos) {
    double behindS = (latencyNanos(nowNanos) - goalNanos()) / 1e9;
    boolean near = behindS < (goalNanos() + targetNanos) / 1e9;
    if (!near
        || behindS <= TOLERATED_BEHIND_S
        || bufferEnd(positionNanos) - positionNanos <= BUFFER_TO_SPEED_NANOS) {
      return 1;
    }
    double wanted = Math.round(2 / (1 + Math.exp(-0.75 * behindS)) * 20) / 20.0;
    return Math.clamp(wanted, 1, FASTEST);
  }

  /** How far behind it should be: the hold-back, and more after each stall that was noticed. */
  private long goalNanos() {
    return holdBackNanos + Math.min(noticedStalls * STALL_PENALTY_NANOS, targetNanos);
  }

  /** How far the position is behind the edge, which moves on between two playlists. */
  long latencyNanos(long nowNanos) {
    return edgeNanos + (nowNanos - edgeSeenNanos) - positionNanos;
  }

  boolean playing() {
    return state == State.PLAYING;
  }

  /** Whether it has ever played. */
  boolean started() {
    return state != State.STARTING;
  }

  long positionNanos() {
    return positionNanos;
  }

  double rate() {
    return rate;
  }

  /** Times that it ran out of media after it had started. */
  int stalls() {
    return stalls;
  }

  /** Time spent waiting after it had started. */
  long stalledNanos() {
    return stalledNanos;
  }
}
