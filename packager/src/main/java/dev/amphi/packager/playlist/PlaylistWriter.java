package dev.amphi.packager.playlist;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Spells playlists; the only place that knows in which order tags come. */
public final class PlaylistWriter {
  /** EXT-X-SKIP asks for version 9 (RFC 8216bis §8). */
  static final int VERSION = 9;

  static final String DATE_TIME = "#EXT-X-PROGRAM-DATE-TIME:";

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private PlaylistWriter() {}

  public static String write(MediaPlaylist playlist, UriSuffix suffix) {
    StringBuilder out = new StringBuilder(4096);
    line(out, "#EXTM3U");
    line(out, "#EXT-X-VERSION:" + VERSION);
    line(out, "#EXT-X-TARGETDURATION:" + playlist.targetDurationS());
    line(out, playlist.serverControl().write());
    PartInf partInf = playlist.partInf();
    if (partInf != null) {
      line(out, partInf.write());
    }
    if (playlist.iFramesOnly()) {
      line(out, "#EXT-X-I-FRAMES-ONLY");
    }
    line(out, "#EXT-X-MEDIA-SEQUENCE:" + playlist.mediaSequence());
    if (playlist.discontinuitySequence() > 0) {
      line(out, "#EXT-X-DISCONTINUITY-SEQUENCE:" + playlist.discontinuitySequence());
    }
    if (playlist.skipped() > 0) {
      line(out, "#EXT-X-SKIP:" + new Attributes().put("SKIPPED-SEGMENTS", playlist.skipped()));
    }
    playlist.segments().forEach(segment -> segment(out, segment, suffix));
    tail(out, playlist.tail(), suffix);
    playlist.dateRanges().forEach(range -> line(out, range.write()));
    playlist.reports().forEach(report -> line(out, report.write(suffix)));
    if (playlist.endList()) {
      line(out, "#EXT-X-ENDLIST");
    }
    return out.toString();
  }

  public static String write(MultivariantPlaylist playlist, UriSuffix suffix) {
    StringBuilder out = new StringBuilder(1024);
    line(out, "#EXTM3U");
    line(out, "#EXT-X-VERSION:" + VERSION);
    line(out, "#EXT-X-INDEPENDENT-SEGMENTS");
    playlist.sounds().forEach(sound -> line(out, sound.write(suffix)));
    playlist.subtitles().forEach(captions -> line(out, captions.write(suffix)));
    for (StreamInf variant : playlist.variants()) {
      line(out, variant.write());
      line(out, suffix.on(variant.uri()));
    }
    playlist.pictures().forEach(pictures -> line(out, pictures.write(suffix)));
    return out.toString();
  }

  private static void segment(StringBuilder out, MediaSegment segment, UriSuffix suffix) {
    head(out, segment.discontinuity(), segment.map(), segment.dateTime(), suffix);
    parts(out, segment.parts(), suffix);
    if (segment.gap()) {
      line(out, "#EXT-X-GAP");
    }
    line(out, "#EXTINF:" + Attributes.decimal(segment.durationS()) + ",");
    if (segment.firstBytes() > 0) {
      line(out, "#EXT-X-BYTERANGE:" + segment.firstBytes() + "@0");
    }
    line(out, suffix.on(segment.uri()));
  }

  private static void tail(StringBuilder out, OpenTail tail, UriSuffix suffix) {
    head(out, tail.discontinuity(), tail.map(), tail.dateTime(), suffix);
    parts(out, tail.parts(), suffix);
    PreloadHint hint = tail.hint();
    if (hint != null) {
      line(out, hint.write(suffix));
    }
  }

  private static void head(
      StringBuilder out,
      boolean discontinuity,
      @Nullable InitMap map,
      @Nullable Instant dateTime,
      UriSuffix suffix) {
    if (discontinuity) {
      line(out, "#EXT-X-DISCONTINUITY");
    }
    if (map != null) {
      line(out, map.write(suffix));
    }
    if (dateTime != null) {
      line(out, DATE_TIME + date(dateTime));
    }
  }

  static String date(Instant instant) {
    return MILLIS.format(instant);
  }

  private static void parts(StringBuilder out, List<MediaPart> parts, UriSuffix suffix) {
    parts.forEach(part -> line(out, part.write(suffix)));
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append('\n');
  }
}
