package dev.amphi.packager.recording;

import dev.amphi.packager.captions.Cue;
import dev.amphi.packager.captions.TimedText;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.FragmentIndex;
import dev.amphi.packager.mp4.ProgressiveHeaderWriter;
import dev.amphi.packager.mp4.SampleTable;
import dev.amphi.packager.mp4.SilentAac;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lays the chunks of a journal out on the one timeline of an MP4. All tracks share the place of a
 * run (what lies between two restarts of the program), so that picture and sound stay together;
 * where nothing was made the last picture stays and silence is filled in. Pure.
 */
final class MoviePlan {
  /** A clock that jumps must not make a file of days. */
  static final Duration LONGEST_GAP = Duration.ofMinutes(10);

  private static final long NANOS = 1_000_000_000L;

  /** Bytes of the MP4, in order. */
  sealed interface Piece {
    int length();

    /** The samples of a chunk, which lie together in it. */
    record Stored(JournalEntry.Chunk chunk, int dataOffset, int length) implements Piece {}

    /** Samples that were not recorded. */
    record Made(Bytes bytes) implements Piece {
      @Override
      public int length() {
        return bytes.length();
      }
    }
  }

  /** What lies between two restarts of the program or two pauses. */
  private record Stretch(Instant startsAt, int pauses) {}

  /** A track as far as it is laid out. */
  private static final class Track {
    final SampleTable table = new SampleTable();
    final TrackFormat first;

    /** Nothing is shown for so long at the start, in the movie's timescale. */
    long delayTicks;

    Track(TrackFormat first) {
      this.first = first;
    }
  }

  private final Map<String, Track> tracks = new LinkedHashMap<>();
  private final Map<String, JournalEntry.Format> formats = new HashMap<>();
  private final Map<String, JournalEntry.Format> known = new HashMap<>();
  private final Map<Stretch, Long> offsets = new HashMap<>();
  private final Map<Stretch, Long> firstNanos = new HashMap<>();
  private final MovieClock clock = new MovieClock();
  private final List<Piece> pieces = new ArrayList<>();
  private final List<JournalEntry.Chapter> chapters = new ArrayList<>();
  private final List<Cue> cues = new ArrayList<>();
  private long mediaBytes;
  private Instant origin = Instant.EPOCH;
  private long originOffset;
  private int pauses;
  private int pausesAhead;
  private int placedPauses = -1;

  /**
   * Looks ahead: a coding is written several times, and its first line may be damaged; and the
   * track that comes first after a pause need not be the one that begins first.
   */
  void know(JournalEntry entry) {
    if (entry instanceof JournalEntry.Format format) {
      known.putIfAbsent(format.initIndex() + " " + format.track(), format);
    } else if (entry instanceof JournalEntry.Chunk chunk) {
      JournalEntry.Format format = known.get(chunk.initIndex() + " " + chunk.track());
      if (format != null) {
        firstNanos.merge(
            new Stretch(format.startsAt(), pausesAhead),
            nanos(chunk.timeTicks(), format.format().timescale()),
            Math::min);
      }
    } else if (isJoint(entry)) {
      pausesAhead++;
    }
  }

  /** Both ends of a pause are told, and one line of them may be lost. */
  static boolean isJoint(JournalEntry entry) {
    return entry instanceof JournalEntry.Paused || entry instanceof JournalEntry.Resumed;
  }

  /** Was paused: what comes next follows what there is, without a gap. */
  void joint() {
    pauses++;
  }

  /** A new coding of a track, or the same again. */
  void format(JournalEntry.Format format) {
    formats.put(format.track(), format);
  }

  /** Something new begins. */
  void chapter(JournalEntry.Chapter chapter) {
    chapters.add(chapter);
  }

  /** The chapters, where they are in the movie. */
  List<JournalEntry.Placed> chapters() {
    return MovieChapters.place(chapters, clock, durationMs());
  }

  /** Something was said. */
  void cue(Cue cue) {
    cues.add(cue);
  }

  /** What was said, where it is in the movie. */
  List<TimedText> captions() {
    return MovieCaptions.place(cues, clock, durationMs());
  }

  /**
   * Takes the next chunk, whose samples are where the index says; false where nothing says how it
   * is coded.
   */
  boolean chunk(JournalEntry.Chunk chunk, FragmentIndex index) {
    JournalEntry.Format format = formats.get(chunk.track());
    if (format == null || format.initIndex() != chunk.initIndex()) {
      // A journal is written in order: of this one a line is lost.
      format = known.get(chunk.initIndex() + " " + chunk.track());
    }
    if (format == null) {
      return false;
    }
    TrackFormat coding = format.format();
    long start = nanos(chunk.timeTicks(), coding.timescale()) + offset(format, chunk);
    Track track = tracks.computeIfAbsent(chunk.track(), id -> new Track(coding));
    reach(track, coding, start, index);
    track.table.beginChunk(coding, mediaBytes);
    for (FragmentIndex.Entry sample : index.samples()) {
      track.table.addSample(sample.size(), scaled(track, coding, sample), sample.sync());
    }
    add(new Piece.Stored(chunk, index.dataOffset(), index.dataLength()));
    return true;
  }

  boolean isEmpty() {
    return tracks.isEmpty();
  }

  /** Where the wall clock stands in the movie. */
  MovieClock clock() {
    return clock;
  }

  List<Piece> pieces() {
    return pieces;
  }

  /** All bytes before the pieces. */
  Bytes header() {
    List<ProgressiveHeaderWriter.Track> all =
        tracks.values().stream()
            .map(t -> new ProgressiveHeaderWriter.Track(t.table, t.delayTicks))
            .toList();
    List<ProgressiveHeaderWriter.Chapter> marks =
        chapters().stream()
            .map(c -> new ProgressiveHeaderWriter.Chapter(c.startMs(), c.title()))
            .toList();
    return ProgressiveHeaderWriter.write(all, marks, mediaBytes);
  }

  long mediaBytes() {
    return mediaBytes;
  }

  long durationMs() {
    return tracks.values().stream().mapToLong(MoviePlan::endNanos).max().orElse(0) / 1_000_000;
  }

  /** Where media time zero of a run stands in the movie. */
  private long offset(JournalEntry.Format format, JournalEntry.Chunk chunk) {
    Stretch stretch = new Stretch(format.startsAt(), pauses);
    Long placed = offsets.get(stretch);
    if (placed != null) {
      return placed;
    }
    long own = nanos(chunk.timeTicks(), format.format().timescale());
    long first = Math.min(own, firstNanos.getOrDefault(stretch, own));
    long end = tracks.values().stream().mapToLong(MoviePlan::endNanos).max().orElse(0);
    long offset;
    if (placedPauses != pauses) {
      placedPauses = pauses;
      offset = end - first;
      origin = format.startsAt();
      originOffset = offset;
    } else {
      long wanted = first + originOffset + Duration.between(origin, format.startsAt()).toNanos();
      offset = Math.clamp(wanted, end, end + LONGEST_GAP.toNanos()) - first;
    }
    offsets.put(stretch, offset);
    clock.begin(format.startsAt(), offset, format.startsAt().plusNanos(first));
    return offset;
  }

  /** Fills the time between a track's end and its next chunk. */
  private void reach(Track track, TrackFormat coding, long startNanos, FragmentIndex index) {
    long gapNanos = startNanos - endNanos(track);
    long gapTicks = Math.round((double) gapNanos * track.first.timescale() / NANOS);
    if (gapTicks <= 0) {
      return;
    }
    if (track.table.isEmpty()) {
      track.delayTicks =
          Math.round((double) gapNanos * ProgressiveHeaderWriter.MOVIE_TIMESCALE / NANOS);
      return;
    }
    Optional<Bytes> silence = SilentAac.frame(coding);
    if (coding.video() || silence.isEmpty()) {
      track.table.stretchLast((int) Math.min(gapTicks, Integer.MAX_VALUE));
      return;
    }
    int frame = index.samples().getFirst().durationTicks();
    // Less than half a frame is not heard, and is made up for at the next chunk.
    long frames = (gapTicks + frame / 2) / frame;
    if (frames > 0) {
      track.table.beginChunk(coding, mediaBytes);
    }
    for (long i = 0; i < frames; i++) {
      track.table.addSample(silence.get().length(), frame, true);
      add(new Piece.Made(silence.get()));
    }
  }

  private void add(Piece piece) {
    pieces.add(piece);
    mediaBytes += piece.length();
  }

  private static int scaled(Track track, TrackFormat coding, FragmentIndex.Entry sample) {
    return coding.timescale() == track.first.timescale()
        ? sample.durationTicks()
        : (int) ((long) sample.durationTicks() * track.first.timescale() / coding.timescale());
  }

  private static long endNanos(Track track) {
    return nanos(track.table.durationTicks(), track.first.timescale())
        + nanos(track.delayTicks, ProgressiveHeaderWriter.MOVIE_TIMESCALE);
  }

  private static long nanos(long ticks, int timescale) {
    return Math.floorDiv(ticks, timescale) * NANOS
        + Math.floorMod(ticks, (long) timescale) * NANOS / timescale;
  }
}
