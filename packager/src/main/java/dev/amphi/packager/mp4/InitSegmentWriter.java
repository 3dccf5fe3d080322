package dev.amphi.packager.mp4;

import java.util.List;

/**
 * Writes a CMAF header (ISO 23000-19 §7.3.1) with one track.
 *
 * <pre>
 * ftyp
 * moov ─ mvhd
 *      ├ trak ─ tkhd, mdia ─ mdhd, hdlr, minf ─ …, stbl ─ stsd, stts, stsc, stsz, stco (all empty)
 *      └ mvex ─ trex
 * </pre>
 */
public final class InitSegmentWriter {
  /** The only track of a demuxed rendition. */
  static final int TRACK_ID = 1;

  private InitSegmentWriter() {}

  /** The header of a rendition. */
  public static Bytes write(TrackFormat format) {
    Box mdia = MovieBoxes.mdia(format, 0, SampleTable.empty(format));
    return Box.join(
        MovieBoxes.ftyp("iso6", "iso6", "cmfc", "mp41"),
        Box.of(
            "moov",
            MovieBoxes.mvhd(format.timescale(), 0, TRACK_ID + 1),
            MovieBoxes.trak(TRACK_ID, format, 0, mdia, List.of()),
            Box.of("mvex", FragmentBoxes.trex(TRACK_ID))));
  }
}
