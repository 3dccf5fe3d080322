package dev.amphi.packager.captions;

import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Spells WebVTT segments (RFC 8216bis §3.1.4). */
final class WebVtt {
  private static final int MPEG_HZ = 90_000;

  /** Time stamps of MPEG-2 have 33 bits. */
  private static final long MPEG_WRAP = 1L << 33;

  private WebVtt() {}

  /** Cue times are media times of the segment's period; the map says so to players. */
  static String write(Segment segment, List<Cue> cues) {
    MediaTime start = segment.start();
    long millis = Math.round(start.seconds() * 1000);
    long mpeg = start.ticks() * MPEG_HZ / start.timescale() % MPEG_WRAP;
    StringBuilder out = new StringBuilder(128);
    out.append("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:").append(mpeg);
    out.append(",LOCAL:").append(time(millis)).append("\n\n");
    for (Cue cue : cues) {
      out.append(time(millis + millis(segment.startsAt(), cue.from())));
      out.append(" --> ").append(time(millis + millis(segment.startsAt(), cue.until())));
      out.append('\n').append(escape(cue.text())).append("\n\n");
    }
    return out.toString();
  }

  private static long millis(Instant from, Instant to) {
    return Duration.between(from, to).toMillis();
  }

  /** A cue that began before its period is shown from that on: there is no time before zero. */
  private static String time(long millis) {
    long ms = Math.max(0, millis);
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d.%03d",
        ms / 3_600_000,
        ms / 60_000 % 60,
        ms / 1000 % 60,
        ms % 1000);
  }

  /** What people say is text and never markup. */
  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
