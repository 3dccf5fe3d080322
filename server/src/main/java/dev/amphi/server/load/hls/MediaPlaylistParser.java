package dev.amphi.server.load.hls;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Reads a media playlist (RFC 8216bis §4.4); the tags that a player of ours needs. */
final class MediaPlaylistParser {
  private static final long DEFAULT_TARGET_NANOS = 6_000_000_000L;

  private final List<MediaSegment> segments = new ArrayList<>();
  private List<MediaPart> parts = new ArrayList<>();
  private long targetNanos = DEFAULT_TARGET_NANOS;
  private long holdBackNanos = -1;
  private long partHoldBackNanos = -1;
  private long partTargetNanos;
  private boolean blocking;
  private boolean ended;
  private long sequence;
  private long clockNanos;
  private long segmentStartNanos;
  private long durationNanos;
  private String initUri = "";
  private boolean gap;

  private MediaPlaylistParser() {}

  /** Reads a whole playlist. */
  static MediaPlaylist parse(String text) throws PlaylistException {
    if (!text.startsWith("#EXTM3U")) {
      throw new PlaylistException("A playlist starts with #EXTM3U, this one does not");
    }
    MediaPlaylistParser parser = new MediaPlaylistParser();
    for (String line : text.lines().toList()) {
      parser.line(line.strip());
    }
    return parser.finish();
  }

  private void line(String line) throws PlaylistException {
    if (line.isEmpty()) {
      return;
    }
    if (!line.startsWith("#")) {
      segment(line);
      return;
    }
    int colon = line.indexOf(':');
    String tag = colon < 0 ? line : line.substring(0, colon);
    String value = colon < 0 ? "" : line.substring(colon + 1);
    switch (tag) {
      case "#EXT-X-TARGETDURATION" -> targetNanos = Numbers.nanos(value);
      case "#EXT-X-MEDIA-SEQUENCE" -> sequence = Numbers.whole(value);
      case "#EXT-X-SERVER-CONTROL" -> serverControl(AttributeList.parse(value));
      case "#EXT-X-PART-INF" ->
          partTargetNanos = AttributeList.parse(value).nanos("PART-TARGET", 0);
      case "#EXT-X-SKIP" -> throw new PlaylistException("a delta update that nobody asked for");
      case "#EXT-X-MAP" -> initUri = AttributeList.parse(value).text("URI").orElse("");
      case "#EXT-X-PROGRAM-DATE-TIME" -> programDateTime(value);
      case "#EXT-X-PART" -> part(AttributeList.parse(value));
      case "#EXTINF" -> durationNanos = Numbers.nanos(value.split(",", 2)[0]);
      case "#EXT-X-GAP" -> gap = true;
      case "#EXT-X-ENDLIST" -> ended = true;
      default -> {
        // RFC 8216bis §6.3.1: unknown tags are ignored.
      }
    }
  }

  private void serverControl(AttributeList attributes) throws PlaylistException {
    blocking = attributes.yes("CAN-BLOCK-RELOAD");
    holdBackNanos = attributes.nanos("HOLD-BACK", -1);
    partHoldBackNanos = attributes.nanos("PART-HOLD-BACK", -1);
  }

  private void programDateTime(String value) throws PlaylistException {
    try {
      Instant instant = OffsetDateTime.parse(value).toInstant();
      clockNanos = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
      segmentStartNanos = clockNanos;
    } catch (DateTimeException e) {
      throw new PlaylistException("'" + value + "' is no PROGRAM-DATE-TIME");
    }
  }

  private void part(AttributeList attributes) throws PlaylistException {
    long duration = attributes.nanos("DURATION", 0);
    String uri =
        attributes.text("URI").orElseThrow(() -> new PlaylistException("a part without a URI"));
    parts.add(
        new MediaPart(
            uri, clockNanos, duration, attributes.yes("INDEPENDENT"), attributes.yes("GAP")));
    clockNanos += duration;
  }

  private void segment(String uri) {
    segments.add(
        new MediaSegment(
            sequence, uri, segmentStartNanos, durationNanos, initUri, gap, List.copyOf(parts)));
    sequence++;
    clockNanos = segmentStartNanos + durationNanos;
    segmentStartNanos = clockNanos;
    parts = new ArrayList<>();
    gap = false;
  }

  private MediaPlaylist finish() {
    if (!parts.isEmpty()) {
      long there = clockNanos - segmentStartNanos;
      segments.add(
          new MediaSegment(
              sequence, "", segmentStartNanos, there, initUri, false, List.copyOf(parts)));
    }
    return new MediaPlaylist(targetNanos, holdBack(), blocking, ended, List.copyOf(segments));
  }

  private long holdBack() {
    if (partTargetNanos > 0) {
      return partHoldBackNanos > 0 ? partHoldBackNanos : 3 * partTargetNanos;
    }
    return holdBackNanos > 0 ? holdBackNanos : 3 * targetNanos;
  }
}
