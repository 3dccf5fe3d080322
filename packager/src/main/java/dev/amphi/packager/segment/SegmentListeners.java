package dev.amphi.packager.segment;

import dev.amphi.packager.mp4.Bytes;
import dev.amphi.packager.mp4.TrackFormat;
import java.time.Instant;

/** Tells one listener, then the other. */
public record SegmentListeners(SegmentListener first, SegmentListener second)
    implements SegmentListener {
  @Override
  public void formatChanged(
      String renditionId, int initIndex, TrackFormat format, Instant startsAt, Bytes header) {
    first.formatChanged(renditionId, initIndex, format, startsAt, header);
    second.formatChanged(renditionId, initIndex, format, startsAt, header);
  }

  @Override
  public void segmentStarted(String renditionId, OpenSegment segment) {
    first.segmentStarted(renditionId, segment);
    second.segmentStarted(renditionId, segment);
  }

  @Override
  public void partCompleted(String renditionId, Part part) {
    first.partCompleted(renditionId, part);
    second.partCompleted(renditionId, part);
  }

  @Override
  public void segmentCompleted(String renditionId, Segment segment) {
    first.segmentCompleted(renditionId, segment);
    second.segmentCompleted(renditionId, segment);
  }

  @Override
  public void segmentMissing(String renditionId, Segment gap) {
    first.segmentMissing(renditionId, gap);
    second.segmentMissing(renditionId, gap);
  }
}
