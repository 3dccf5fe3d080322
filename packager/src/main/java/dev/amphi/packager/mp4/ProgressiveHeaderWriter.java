package dev.amphi.packager.mp4;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes all of a progressive MP4 that comes before its media: {@code ftyp}, {@code moov} (first,
 * so that playing starts before the whole file is there) and the header of {@code mdat}.
 */
public final class ProgressiveHeaderWriter {
  /** Ticks per second of the movie's own durations. */
  public static final int MOVIE_TIMESCALE = 90_000;

  private static final int MDAT_HEADER = 16;
  private static final long NARROW_LIMIT = 0xffff_ffffL;

  private ProgressiveHeaderWriter() {}

  /**
   * One track of the file.
   *
   * @param delayTicks nothing is shown for so long at the start, in the movie's timescale
   */
  public record Track(SampleTable table, long delayTicks) {}

  /**
   * Where something new begins.
   *
   * @param title of which 255 bytes in UTF-8 are kept
   */
  public record Chapter(long startMs, String title) {}

  /** The header of a file whose media data is {@code mediaBytes} long. */
  public static Bytes write(List<Track> tracks, long mediaBytes) {
    return write(tracks, List.of(), mediaBytes);
  }

  /**
   * The same with chapters.
   *
   * @param chapters in order; of more than 255 the last ones are left out
   */
  public static Bytes write(List<Track> tracks, List<Chapter> chapters, long mediaBytes) {
    Box ftyp = MovieBoxes.ftyp("isom", "isom", "iso2", "avc1", "mp41");
    boolean wide = false;
    Box moov = moov(tracks, chapters, 0, false);
    if (ftyp.size() + moov.size() + MDAT_HEADER + mediaBytes > NARROW_LIMIT) {
      wide = true;
      moov = moov(tracks, chapters, 0, true);
    }
    long mediaStart = (long) ftyp.size() + moov.size() + MDAT_HEADER;
    Box placed = moov(tracks, chapters, mediaStart, wide);
    Bytes mdat =
        Bytes.wrap(new Fields().u32(1).code("mdat").u64(MDAT_HEADER + mediaBytes).toByteArray());
    return Bytes.wrap(new Fields().box(ftyp).box(placed).bytes(mdat).toByteArray());
  }

  private static Box moov(
      List<Track> tracks, List<Chapter> chapters, long mediaStart, boolean wide) {
    long longest = tracks.stream().mapToLong(t -> movieTicks(t) + t.delayTicks()).max().orElse(0);
    Fields fields = new Fields().box(MovieBoxes.mvhd(MOVIE_TIMESCALE, longest, tracks.size() + 1));
    for (int i = 0; i < tracks.size(); i++) {
      fields.box(trak(i + 1, tracks.get(i), mediaStart, wide));
    }
    if (!chapters.isEmpty()) {
      fields.box(ChapterBoxes.udta(chapters));
    }
    return Box.of("moov", fields);
  }

  private static Box trak(int trackId, Track track, long mediaStart, boolean wide) {
    SampleTable table = track.table();
    long shown = movieTicks(track);
    List<Box> edts = new ArrayList<>();
    if (track.delayTicks() > 0) {
      edts.add(MovieBoxes.edts(track.delayTicks(), shown));
    }
    Box mdia = MovieBoxes.mdia(table.format(), table.durationTicks(), table.stbl(mediaStart, wide));
    return MovieBoxes.trak(trackId, table.format(), shown + track.delayTicks(), mdia, edts);
  }

  private static long movieTicks(Track track) {
    SampleTable table = track.table();
    return Math.multiplyExact(table.durationTicks(), (long) MOVIE_TIMESCALE)
        / table.format().timescale();
  }
}
