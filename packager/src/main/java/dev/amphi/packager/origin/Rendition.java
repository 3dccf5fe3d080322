package dev.amphi.packager.origin;

import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;

/**
 * One rendition at one instant.
 *
 * @param format how it is coded now
 * @param peakBps the bit rate of its largest segment so far
 */
public record Rendition(String id, TrackFormat format, SegmentWindow window, int peakBps) {
  /** Pictures a second of the last complete segment with media, 0 before the first. */
  public double frameRate() {
    for (Segment segment : window.segments().reversed()) {
      if (!segment.gap()) {
        return segment.samples() / segment.duration().seconds();
      }
    }
    return 0;
  }

  /** The same with another window. */
  public Rendition with(SegmentWindow newWindow) {
    return new Rendition(id, format, newWindow, peakBps);
  }
}
