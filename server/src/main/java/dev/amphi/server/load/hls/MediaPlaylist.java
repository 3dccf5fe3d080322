package dev.amphi.server.load.hls;

import java.util.List;

/**
 * What a media playlist says at an instant.
 *
 * @param targetNanos EXT-X-TARGETDURATION
 * @param holdBackNanos how far behind the edge playing should start: PART-HOLD-BACK, or HOLD-BACK
 *     where there are no parts, or what RFC 8216bis §4.4.3.8 says when neither is given
 * @param blocking whether the server answers blocking reloads
 * @param ended whether nothing more will come
 */
record MediaPlaylist(
    long targetNanos,
    long holdBackNanos,
    boolean blocking,
    boolean ended,
    List<MediaSegment> segments) {
  /** Where the media ends; 0 when there is none. */
  long edgeNanos() {
    return segments.isEmpty() ? 0 : segments.getLast().endNanos();
  }

  /** The first thing that is not there yet, to be asked for by a blocking reload. */
  Cursor next() {
    if (segments.isEmpty()) {
      return new Cursor(0, 0);
    }
    MediaSegment last = segments.getLast();
    return last.complete()
        ? new Cursor(last.sequence() + 1, 0)
        : new Cursor(last.sequence(), last.parts().size());
  }

  /** A place in the media: a segment's sequence number and the index of a part in it. */
  record Cursor(long sequence, int part) {}
}
