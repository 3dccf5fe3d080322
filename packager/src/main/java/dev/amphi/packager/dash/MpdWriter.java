package dev.amphi.packager.dash;

import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Spells a media presentation description (ISO 23009-1 §5.3) of what the playlists list: a period
 * of the program is a Period, a rendition a Representation, and the segments are the same files.
 *
 * <pre>
 * MPD ─ UTCTiming
 *     └ Period ─ AdaptationSet (picture) ─ Representation ─ SegmentTemplate ─ SegmentTimeline ─ S …
 *              └ AdaptationSet (sound)   ─ …
 * </pre>
 */
public final class MpdWriter {
  /** So far behind what is whole a player stays: one segment to load while one is shown. */
  private static final Duration DELAY = Duration.ofSeconds(4);

  private MpdWriter() {}

  /**
   * The description as it is now.
   *
   * @param now wall clock, for players whose own is wrong
   */
  public static String write(ProgramWindow program, Instant now, String suffix) {
    Rendition lead = program.lead();
    if (lead == null || lead.window().segments().isEmpty()) {
      throw new IllegalArgumentException("there is nothing to describe yet");
    }
    SegmentWindow window = lead.window();
    SegmentWindow.Beginning beginning = window.beginning();
    Segment first = window.segments().getFirst();
    // While segments leave nothing of what is said of the others may move (§5.4).
    Instant start = (beginning == null || window.ended() ? first : beginning.first()).startsAt();
    Segment last = window.segments().getLast();
    Xml xml = new Xml().begin("MPD").with("xmlns", "urn:mpeg:dash:schema:mpd:2011");
    xml.with("profiles", "urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019");
    xml.with("minBufferTime", Spelling.seconds(window.plan().targetDurationS()));
    xml.with("maxSegmentDuration", Spelling.seconds(window.plan().targetDurationS()));
    if (window.ended()) {
      Duration all = Duration.between(start, last.duration().after(last.startsAt()));
      xml.with("type", "static").with("mediaPresentationDuration", Spelling.duration(all));
    } else {
      xml.with("type", "dynamic").with("availabilityStartTime", start).with("publishTime", now);
      xml.with("minimumUpdatePeriod", Spelling.seconds(1))
          .with("suggestedPresentationDelay", DELAY);
    }
    List<List<Segment>> periods = periods(window.segments());
    for (int i = 0; i < periods.size(); i++) {
      period(xml, program, window, i, periods.get(i), start, suffix);
    }
    if (!window.ended()) {
      Spelling.clock(xml);
      Spelling.time(xml, now);
    }
    return xml.end("MPD").toString();
  }

  private static void period(
      Xml xml,
      ProgramWindow program,
      SegmentWindow window,
      int index,
      List<Segment> segments,
      Instant start,
      String suffix) {
    Segment first = segments.getFirst();
    Segment last = segments.getLast();
    SegmentWindow.Beginning beginning = window.beginning();
    long gone = beginning == null ? 0 : beginning.periodsGone();
    Segment oldest = first;
    if (beginning != null && index == 0 && !window.ended() && !beginning.period().gap()) {
      oldest = beginning.period();
    }
    Instant begins = oldest.startsAt();
    boolean over = window.ended() || !last.equals(window.segments().getLast());
    xml.begin("Period").with("id", "p" + (gone + index));
    xml.with("start", Spelling.duration(Duration.between(start, begins)));
    if (over) {
      Instant end = last.duration().after(last.startsAt());
      xml.with("duration", Spelling.duration(Duration.between(begins, end)));
    }
    set(xml, program, true, first.msn(), last.msn(), begins, suffix);
    set(xml, program, false, first.msn(), last.msn(), begins, suffix);
    xml.end("Period");
  }

  private static void set(
      Xml xml,
      ProgramWindow program,
      boolean video,
      long from,
      long to,
      Instant begins,
      String suffix) {
    List<Rendition> renditions =
        program.renditions().stream().filter(r -> r.format().video() == video).toList();
    if (renditions.isEmpty()) {
      return;
    }
    Spelling.beginSet(xml, video);
    for (Rendition rendition : renditions) {
      representation(xml, program.run(), rendition, from, to, begins, suffix);
    }
    xml.end("AdaptationSet");
  }

  private static void representation(
      Xml xml, String run, Rendition rendition, long from, long to, Instant begins, String suffix) {
    List<Segment> segments =
        rendition.window().segments().stream()
            .filter(s -> s.msn() >= from && s.msn() <= to && !s.gap())
            .toList();
    if (segments.isEmpty()) {
      return;
    }
    String folder = run + "/" + rendition.id() + "/";
    Spelling.beginRepresentation(xml, rendition);
    Segment first = segments.getFirst();
    xml.begin("SegmentTemplate").with("timescale", first.duration().timescale());
    xml.with("initialization", folder + "init-" + first.initIndex() + ".mp4" + suffix);
    xml.with("media", folder + "$Number$.m4s" + suffix).with("startNumber", first.msn());
    // Media time at the period's beginning, whichever of its segments is the first listed one.
    xml.with("presentationTimeOffset", Spelling.offset(first.start(), first.startsAt(), begins));
    timeline(xml, segments);
    xml.end("SegmentTemplate").end("Representation");
  }

  /** Runs of equal segments are one entry (§5.3.9.6). */
  private static void timeline(Xml xml, List<Segment> segments) {
    xml.begin("SegmentTimeline");
    for (int i = 0; i < segments.size(); ) {
      Segment run = segments.get(i);
      long ticks = run.duration().ticks();
      int next = i + 1;
      while (next < segments.size()
          && segments.get(next).duration().ticks() == ticks
          && segments.get(next).start().ticks() == run.start().ticks() + (next - i) * ticks) {
        next++;
      }
      xml.begin("S").with("t", run.start().ticks()).with("d", ticks);
      if (next - i > 1) {
        xml.with("r", next - i - 1);
      }
      xml.end("S");
      i = next;
    }
    xml.end("SegmentTimeline");
  }

  /** Without what is missing: there a player goes on with the next period. */
  private static List<List<Segment>> periods(List<Segment> segments) {
    List<List<Segment>> periods = new ArrayList<>();
    boolean broken = true;
    for (Segment segment : segments) {
      if (segment.gap()) {
        broken = true;
        continue;
      }
      if (broken || segment.discontinuity()) {
        periods.add(new ArrayList<>());
        broken = false;
      }
      periods.getLast().add(segment);
    }
    return periods;
  }
}
