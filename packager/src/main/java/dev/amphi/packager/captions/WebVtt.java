package dev.amphi.packager.captions;

import dev.amphi.packager.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spells WebVTT: segments (RFC 8216bis §3.1.4) and whole files. */
public final class WebVtt {
  /** Ticks of MPEG-2, at 90 kHz. */
  private static final int MPEG_TICKS_PER_MS = 90;

  /** Time stamps of MPEG-2 have 33 bits. */
  private static final long MPEG_WRAP = 1L << 33;

  private static final long NANOS_PER_MS = 1_000_000;

  private static final String TIME = "(\\d{2,6}):(\\d\\d):(\\d\\d)\\.(\\d{3})";
  private static final Pattern CUE =
      Pattern.compile("\\d+\n" + TIME + " --> " + TIME + "\n(.*)", Pattern.DOTALL);

  private WebVtt() {}

  /**
   * Cue times are media times of the segment's period; the map says so to players. They are counted
   * from the period's time zero, so that a cue has the same in every segment that it stands in.
   */
  static String write(Segment segment, List<CaptionTrack.Placed> cues) {
    Instant zero = zero(segment);
    long start = millis(zero, segment.startsAt());
    StringBuilder out = new StringBuilder(128);
    out.append("WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:").append(start * MPEG_TICKS_PER_MS % MPEG_WRAP);
    out.append(",LOCAL:").append(time(start)).append("\n\n");
    for (CaptionTrack.Placed placed : cues) {
      Cue cue = placed.cue();
      out.append(placed.number()).append('\n');
      out.append(time(millis(zero, cue.from())));
      out.append(" --> ").append(time(millis(zero, cue.until())));
      out.append('\n').append(escape(cue.text())).append("\n\n");
    }
    return out.toString();
  }

  /**
   * A whole file, whose times begin with it.
   *
   * @param lines in the order of their beginnings
   */
  public static String write(List<TimedText> lines) {
    StringBuilder out = new StringBuilder(64 + 64 * lines.size()).append("WEBVTT\n\n");
    int number = 0;
    for (TimedText line : lines) {
      out.append(number++).append('\n');
      out.append(time(line.startMs())).append(" --> ").append(time(line.endMs())).append('\n');
      out.append(escape(line.text())).append("\n\n");
    }
    return out.toString();
  }

  /** Reads what {@link #write(List)} wrote; of anything else what is like it. */
  public static List<TimedText> read(String file) {
    List<TimedText> lines = new ArrayList<>();
    for (String block : file.split("\n\n", -1)) {
      Matcher cue = CUE.matcher(block);
      if (cue.matches()) {
        lines.add(new TimedText(millis(cue, 1), millis(cue, 5), unescape(cue.group(9))));
      }
    }
    return lines;
  }

  private static long millis(Matcher cue, int group) {
    return ((Long.parseLong(cue.group(group)) * 60 + Long.parseLong(cue.group(group + 1))) * 60
                + Long.parseLong(cue.group(group + 2)))
            * 1_000
        + Long.parseLong(cue.group(group + 3));
  }

  private static String unescape(String text) {
    return text.replace("&gt;", ">").replace("&lt;", "<").replace("&amp;", "&");
  }

  /** The wall clock at media time zero, to the nanosecond the same for a whole period. */
  private static Instant zero(Segment segment) {
    Duration since = Duration.between(Instant.EPOCH, segment.start().after(Instant.EPOCH));
    return segment.startsAt().minus(since);
  }

  private static long millis(Instant from, Instant to) {
    return Math.floorDiv(Duration.between(from, to).toNanos(), NANOS_PER_MS);
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
