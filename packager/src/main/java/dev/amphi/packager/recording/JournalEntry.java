package dev.amphi.packager.recording;

import dev.amphi.packager.api.TrackComposer;
import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Instant;
import java.util.List;

/** One line of a recording's journal: something that has happened and is on the disk. */
public sealed interface JournalEntry {
  /**
   * The recording was opened; always the first entry.
   *
   * @param epoch of the room's owner
   */
  record Opened(String id, String roomId, long epoch, Instant at) implements JournalEntry {}

  /**
   * A track is coded like this from here on.
   *
   * @param startsAt wall clock at media time zero
   */
  record Format(String track, int initIndex, TrackFormat format, Instant startsAt)
      implements JournalEntry {}

  /**
   * A CMAF chunk is in the track's file.
   *
   * @param initIndex the {@link Format} that it needs
   * @param offset in the file
   * @param checksum SHA-256 of the bytes in the file; CRC32C in recordings of earlier versions
   */
  record Chunk(
      String track,
      int initIndex,
      long offset,
      int length,
      Bytes checksum,
      long timeTicks,
      long durationTicks)
      implements JournalEntry {}

  /**
   * Something new begins in the class.
   *
   * @param at wall clock
   */
  record Chapter(Instant at, String title) implements JournalEntry {}

  /**
   * Something was said.
   *
   * @param from wall clock, as {@code until}
   * @param words in UTF-8; sealed where the recording is encrypted
   */
  record Cue(Instant from, Instant until, Bytes words) implements JournalEntry {}

  /**
   * A small picture is in the file of all of them.
   *
   * @param at wall clock
   * @param width pixels, as {@code height}
   * @param offset in the file
   * @param checksum SHA-256 of the bytes in the file
   */
  record Thumbnail(Instant at, int width, int height, long offset, int length, Bytes checksum)
      implements JournalEntry {}

  /**
   * The small pictures are files beside the MP4, before {@link Ready}.
   *
   * @param bytes of the file of all of them, as {@code sha256}
   */
  record Thumbnails(int count, long bytes, Bytes sha256) implements JournalEntry {}

  /** From here on nothing is recorded, until {@link Resumed}: the movie's time stands still. */
  record Paused(Instant at) implements JournalEntry {}

  /** It goes on. */
  record Resumed(Instant at) implements JournalEntry {}

  /** Nothing comes after this. */
  record Finished() implements JournalEntry {}

  /**
   * The MP4 that was made, before {@link Ready}.
   *
   * @param bytes of the file
   * @param sha256 of the file
   * @param chunksLost chunks that were not what had been written, and so are not in it
   */
  record Movie(long bytes, Bytes sha256, int chunksLost) implements JournalEntry {}

  /**
   * A part of it was cut out, beside it, after {@link Ready}.
   *
   * @param fromMs where it begins in the whole
   * @param bytes of the part's file, as {@code sha256}
   * @param captioned whether there is something to read in it
   */
  record Trimmed(long fromMs, long durationMs, long bytes, Bytes sha256, boolean captioned)
      implements JournalEntry {}

  /** The part is there no more. */
  record Untrimmed() implements JournalEntry {}

  /** What became of what is composed again of the tracks, after {@link Ready}. */
  sealed interface OfComposition extends JournalEntry {
    TrackComposer.Show show();
  }

  /** It was asked for, or begun again. */
  record Composing(TrackComposer.Show show) implements OfComposition {}

  /**
   * It is there.
   *
   * @param bytes of the file, as {@code sha256}
   * @param remark for people: what is special about it, or ""
   */
  record Composed(TrackComposer.Show show, long durationMs, long bytes, Bytes sha256, String remark)
      implements OfComposition {}

  /**
   * It is not there, or no more.
   *
   * @param why it could not be made; "" where it was taken away
   */
  record Uncomposed(TrackComposer.Show show, String why) implements OfComposition {}

  /**
   * Somebody's source has a track of its own; in the journal of the tracks, as the next four.
   *
   * @param track its number
   * @param name of the participant in UTF-8; sealed where the recording is encrypted
   * @param kind as {@code camera}
   * @param codec as {@code vp8}
   * @param role as {@code instructor}; "" where an earlier version wrote it
   */
  record Source(
      String track, String participantId, Bytes name, String kind, String codec, String role)
      implements JournalEntry {}

  /**
   * A source is coded like this from here on.
   *
   * @param index a {@link Chunk} names it as its {@code initIndex}
   * @param startsAt wall clock where its chunks' times, in milliseconds, are zero
   */
  record Coding(
      String track, int index, int width, int height, Bytes codecPrivate, Instant startsAt)
      implements JournalEntry {}

  /** Where the wall clock stands in the movie that was made. */
  record Timeline(List<Stretch> stretches) implements JournalEntry {
    public Timeline {
      stretches = List.copyOf(stretches);
    }
  }

  /**
   * A part of the movie in which time goes on.
   *
   * @param zero wall clock where the movie's time is {@code zeroNanos}
   * @param from wall clock of the first picture
   */
  record Stretch(Instant zero, long zeroNanos, Instant from) {}

  /**
   * The file of a track that was made.
   *
   * @param bytes of the file, as {@code sha256}
   * @param clustersLost chunks that were not what had been written, and so are not in it
   * @param runs what of the movie it has, in order
   */
  record Made(String track, long bytes, Bytes sha256, int clustersLost, List<Run> runs)
      implements JournalEntry {
    public Made {
      runs = List.copyOf(runs);
    }
  }

  /**
   * A part of a track without a gap.
   *
   * @param startMs where it begins in the movie
   * @param at wall clock there
   */
  record Run(long startMs, long durationMs, Instant at) {}

  /**
   * There are tracks beside the movie, after {@link Ready}.
   *
   * @param link of the last line of their journal
   */
  record Tracks(int count, String link) implements JournalEntry {}

  /** How a recording ended. */
  sealed interface Outcome extends JournalEntry {}

  /**
   * The MP4 is whole.
   *
   * @param chapters in order, where they are in it
   */
  record Ready(long durationMs, List<Placed> chapters) implements Outcome {
    public Ready {
      chapters = List.copyOf(chapters);
    }

    Ready(long durationMs) {
      this(durationMs, List.of());
    }
  }

  /** A chapter's place in the MP4. */
  record Placed(long startMs, String title) {}

  /** There will be no MP4; says why. */
  record Failed(String detail) implements Outcome {}
}
