package dev.amphi.packager.recording;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.MovieIndex;
import dev.amphi.packager.mp4.ProgressiveHeaderWriter;
import dev.amphi.packager.mp4.SampleTable;
import dev.amphi.packager.mp4.TrackFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Lays a part of an MP4 out as one of its own: from the IDR at or before a moment on, so that
 * nothing is coded anew, to the last sample that begins before another. Pure.
 */
final class TrimPlan {
  private static final long NANOS = 1_000_000_000L;
  private static final long NANOS_PER_MS = 1_000_000L;

  /** Bytes of the source that go into the new file, in order. */
  record Piece(long offset, long length) {}

  /** Samples of one track that lie together in the source. */
  private record Run(int track, int first, int end, long offset, long length) {}

  private final List<MovieIndex.Track> sources;
  private final long fromNanos;
  private final long toNanos;
  private final List<SampleTable> tables = new ArrayList<>();
  private final List<Long> delays = new ArrayList<>();
  private final List<Piece> pieces = new ArrayList<>();
  private long mediaBytes;

  /**
   * @param fromMs wanted beginning; it is taken back to the picture that can be decoded by itself
   * @param toMs wanted end
   */
  TrimPlan(MovieIndex source, long fromMs, long toMs) {
    this.sources = source.tracks();
    this.fromNanos = beginning(fromMs * NANOS_PER_MS);
    this.toNanos = toMs * NANOS_PER_MS;
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      tables.add(new SampleTable());
      delays.add(0L);
      select(i, runs);
    }
    runs.sort(Comparator.comparingLong(Run::offset));
    runs.forEach(this::lay);
  }

  /** Where the new file begins in the source. */
  long fromMs() {
    return fromNanos / NANOS_PER_MS;
  }

  long durationMs() {
    long end = 0;
    for (int i = 0; i < tables.size(); i++) {
      if (!tables.get(i).isEmpty()) {
        long delay = nanos(delays.get(i), ProgressiveHeaderWriter.MOVIE_TIMESCALE);
        long own = nanos(tables.get(i).durationTicks(), sources.get(i).timescale());
        end = Math.max(end, delay + own);
      }
    }
    return end / NANOS_PER_MS;
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  List<Piece> pieces() {
    return pieces;
  }

  long mediaBytes() {
    return mediaBytes;
  }

  /** All bytes before the pieces. */
  Bytes header(List<ProgressiveHeaderWriter.Chapter> chapters) {
    List<ProgressiveHeaderWriter.Track> tracks = new ArrayList<>();
    for (int i = 0; i < tables.size(); i++) {
      if (!tables.get(i).isEmpty()) {
        tracks.add(new ProgressiveHeaderWriter.Track(tables.get(i), delays.get(i)));
      }
    }
    return ProgressiveHeaderWriter.write(tracks, chapters, mediaBytes);
  }

  private long beginning(long wantedNanos) {
    for (MovieIndex.Track track : sources) {
      if (track.video() && track.samples() > 0) {
        int sample = firstAtOrAfter(track, wantedNanos);
        while (sample > 0
            && (sample == track.samples()
                || !track.sync(sample)
                || start(track, sample) > wantedNanos)) {
          sample--;
        }
        return Math.max(0, Math.min(wantedNanos, start(track, sample)));
      }
    }
    return wantedNanos;
  }

  private void select(int index, List<Run> runs) {
    MovieIndex.Track track = sources.get(index);
    int first = firstAtOrAfter(track, fromNanos);
    int end = firstAtOrAfter(track, toNanos);
    if (first >= end) {
      return;
    }
    long lateNanos = start(track, first) - fromNanos;
    delays.set(
        index, Math.round((double) lateNanos * ProgressiveHeaderWriter.MOVIE_TIMESCALE / NANOS));
    for (int from = first; from < end; ) {
      int to = from + 1;
      long length = track.size(from);
      while (to < end
          && track.offset(to) == track.offset(from) + length
          && track.format(to).equals(track.format(from))) {
        length += track.size(to++);
      }
      runs.add(new Run(index, from, to, track.offset(from), length));
      from = to;
    }
  }

  private void lay(Run run) {
    MovieIndex.Track track = sources.get(run.track());
    SampleTable table = tables.get(run.track());
    TrackFormat format = track.format(run.first());
    table.beginChunk(format, mediaBytes);
    for (int i = run.first(); i < run.end(); i++) {
      table.addSample(track.size(i), durationTicks(track, i), track.sync(i));
    }
    pieces.add(new Piece(run.offset(), run.length()));
    mediaBytes += run.length();
  }

  /** A picture that stands still over the end stands until the end. */
  private int durationTicks(MovieIndex.Track track, int sample) {
    long left = toNanos - start(track, sample);
    int ticks = track.durationTicks(sample);
    return track.video()
        ? (int) Math.max(1, Math.min(ticks, ceilTicks(left, track.timescale())))
        : ticks;
  }

  private static long ceilTicks(long nanos, int timescale) {
    return Math.ceilDiv(nanos / 1_000 * timescale, 1_000_000L);
  }

  private static int firstAtOrAfter(MovieIndex.Track track, long nanos) {
    int low = 0;
    int high = track.samples();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (start(track, middle) < nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Where a sample begins in the movie. */
  private static long start(MovieIndex.Track track, int sample) {
    return nanos(track.delayTicks(), ProgressiveHeaderWriter.MOVIE_TIMESCALE)
        + nanos(track.startTicks(sample), track.timescale());
  }

  private static long nanos(long ticks, int timescale) {
    return Math.floorDiv(ticks, (long) timescale) * NANOS
        + Math.floorMod(ticks, (long) timescale) * NANOS / timescale;
  }
}
