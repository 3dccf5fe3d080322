package dev.amphi.packager.playlist;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A media playlist (RFC 8216bis §4.1) as a value; {@link PlaylistWriter} spells it.
 *
 * @param partInf null in a list without parts
 * @param iFramesOnly whether each segment is its first picture only (EXT-X-I-FRAMES-ONLY)
 * @param skipped segments that a delta update leaves out at the start (EXT-X-SKIP), 0 in a full one
 */
public record MediaPlaylist(
    int targetDurationS,
    ServerControl serverControl,
    @Nullable PartInf partInf,
    long mediaSequence,
    long discontinuitySequence,
    boolean iFramesOnly,
    int skipped,
    List<MediaSegment> segments,
    OpenTail tail,
    List<DateRange> dateRanges,
    List<RenditionReport> reports,
    boolean endList) {

  /**
   * The delta update: without the segments that end before the skip boundary (§4.4.5.2, §6.2.5.1),
   * or the same playlist when there are none or it has ended.
   */
  public MediaPlaylist delta() {
    if (endList) {
      return this; // "A Server MUST ignore the _HLS_skip directive if … EXT-X-ENDLIST" (§6.2.5.1)
    }
    double fromEnd =
        tail.parts().stream().mapToDouble(MediaPart::durationS).sum()
            + segments.stream().mapToDouble(MediaSegment::durationS).sum();
    int skippable = 0;
    for (MediaSegment segment : segments) {
      fromEnd -= segment.durationS();
      if (fromEnd < serverControl.canSkipUntilS()) {
        break;
      }
      skippable++;
    }
    return skippable == 0
        ? this
        : new MediaPlaylist(
            targetDurationS,
            serverControl,
            partInf,
            mediaSequence,
            discontinuitySequence,
            iFramesOnly,
            skippable,
            List.copyOf(segments.subList(skippable, segments.size())),
            tail,
            dateRanges,
            reports,
            endList);
  }
}
