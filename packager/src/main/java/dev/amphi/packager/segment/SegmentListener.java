package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Instant;

/** Hears what the segmenter made, in order, on its caller's thread. */
public interface SegmentListener {
  /**
   * A rendition has a new header: its first, or after a discontinuity.
   *
   * @param initIndex from 0, rises with each
   * @param startsAt wall clock at media time zero from here on
   */
  void formatChanged(
      String renditionId, int initIndex, TrackFormat format, Instant startsAt, Bytes header);

  /** The first sample of a segment came. */
  void segmentStarted(String renditionId, OpenSegment segment);

  /** A part is whole. */
  void partCompleted(String renditionId, Part part);

  /** A segment is whole: all its parts were told before. */
  void segmentCompleted(String renditionId, Segment segment);

  /** Nothing was made for a while: a segment without media, which was not started before. */
  default void segmentMissing(String renditionId, Segment gap) {}
}
