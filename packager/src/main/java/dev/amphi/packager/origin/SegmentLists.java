package dev.amphi.packager.origin;

import dev.amphi.packager.playlist.InitMap;
import dev.amphi.packager.playlist.MediaPlaylist;
import dev.amphi.packager.playlist.MediaSegment;
import dev.amphi.packager.playlist.OpenTail;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of whole segments only, beside those of a rendition's media; pure. */
final class SegmentLists {
  /** So many of the newest segments tell what a picture needs. */
  private static final int SAMPLE = 32;

  private SegmentLists() {}

  /** The first picture of each segment: so many bytes of it (RFC 8216bis §4.4.3.6). */
  static MediaPlaylist pictures(SegmentWindow window) {
    List<MediaSegment> segments = new ArrayList<>(window.segments().size());
    int header = -1;
    for (Segment segment : window.segments()) {
      segments.add(
          segment(
              segment,
              new MediaName.WholeSegment(segment.msn()).fileName(),
              segment.keyBytes(),
              segment.gap() || segment.keyBytes() == 0,
              segment.initIndex() == header ? null : PlaylistComposer.map(segment.initIndex())));
      header = segment.initIndex();
    }
    return list(window, true, segments);
  }

  /** What is said in the class, cut as the leading picture is (§3.1.4). */
  static MediaPlaylist captions(SegmentWindow window) {
    return list(
        window,
        false,
        window.segments().stream()
            .map(
                segment ->
                    segment(
                        segment,
                        new MediaName.Captions(segment.msn()).fileName(),
                        0,
                        segment.gap(),
                        null))
            .toList());
  }

  /** The most that a segment's first picture needs of its segment's time, bits per second. */
  static int pictureBps(SegmentWindow window) {
    int most =
        window.segments().reversed().stream()
            .limit(SAMPLE)
            .filter(segment -> !segment.gap() && segment.duration().seconds() >= 1)
            .mapToInt(segment -> (int) (segment.keyBytes() * 8L / segment.duration().seconds()))
            .max()
            .orElse(0);
    return Math.max(1, most);
  }

  private static MediaSegment segment(
      Segment segment, String uri, int firstBytes, boolean gap, @Nullable InitMap map) {
    return new MediaSegment(
        uri,
        firstBytes,
        segment.duration().seconds(),
        segment.startsAt(),
        segment.discontinuity(),
        gap,
        map,
        List.of());
  }

  private static MediaPlaylist list(
      SegmentWindow window, boolean iFramesOnly, List<MediaSegment> segments) {
    return new MediaPlaylist(
        window.plan().targetDurationS(),
        PlaylistComposer.control(window.plan()),
        null,
        window.firstMsn(),
        window.discontinuitySequence(),
        iFramesOnly,
        0,
        segments,
        OpenTail.NONE,
        List.of(),
        List.of(),
        window.ended());
  }
}
