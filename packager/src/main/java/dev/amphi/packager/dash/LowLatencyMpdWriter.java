package dev.amphi.packager.dash;

import dev.amphi.packager.origin.MediaName;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Spells a description for players that show a segment while it is being made: a low-latency
 * service offering with chunked adaptation sets (DASH-IF IOP part 5; ISO 23009-1 §5.3.9, §5.12,
 * annex K). Segments are numbered and equally long, so that a player knows by the clock alone what
 * there is, and asks for the description again only to hear of a new period.
 *
 * <pre>
 * MPD ─ ServiceDescription ─ Latency, PlaybackRate
 *     ├ Period ─ AdaptationSet (picture) ─ ProducerReferenceTime, Resync
 *     │        │                         └ Representation ─ SegmentTemplate
 *     │        └ AdaptationSet (sound)   ─ …
 *     └ UTCTiming
 * </pre>
 */
public final class LowLatencyMpdWriter {
  private static final String PROFILES =
      "urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019,"
          + "http://www.dashif.org/guidelines/low-latency-live-v5";

  /** So far behind the class a player stays: what a part takes to come, and four to play on. */
  private static final int LATENCY_MS = 1_500;

  /** By so much a player may hurry or linger to stay there without being heard to. */
  private static final String SLOWEST = "0.96";

  private static final String FASTEST = "1.04";

  private LowLatencyMpdWriter() {}

  /**
   * The description as it is now.
   *
   * @param now wall clock
   * @param suffix of each address, as {@code ?token=…}, or nothing
   */
  public static String write(ProgramWindow program, Instant now, String suffix) {
    Rendition lead = program.lead();
    List<NumberedPeriod> periods = NumberedPeriod.of(program);
    if (lead == null || periods.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to describe yet");
    }
    SegmentWindow window = lead.window();
    SegmentWindow.Beginning beginning = window.beginning();
    Instant start =
        beginning == null || window.ended()
            ? periods.getFirst().begins()
            : beginning.first().startsAt();
    Xml xml = new Xml().begin("MPD").with("xmlns", "urn:mpeg:dash:schema:mpd:2011");
    xml.with("profiles", PROFILES).with("minBufferTime", Spelling.seconds(1));
    xml.with("maxSegmentDuration", Spelling.duration(longest(periods)));
    Instant end = periods.getLast().ends();
    if (window.ended() && end != null) {
      xml.with("type", "static");
      xml.with("mediaPresentationDuration", Spelling.duration(Duration.between(start, end)));
    } else {
      xml.with("type", "dynamic").with("availabilityStartTime", start).with("publishTime", now);
      xml.with("minimumUpdatePeriod", Spelling.seconds(1));
      depth(xml, window, now);
      service(xml);
    }
    long gone = beginning == null ? 0 : beginning.periodsGone();
    for (NumberedPeriod period : periods) {
      period(xml, program, period, "p" + gone++, start, suffix);
    }
    if (!window.ended()) {
      Spelling.clock(xml);
    }
    return xml.end("MPD").toString();
  }

  /** Of those that are told; a longer one would begin a period that is told in time. */
  private static Duration longest(List<NumberedPeriod> periods) {
    long nanos = 0;
    for (NumberedPeriod period : periods) {
      nanos = Math.max(nanos, Math.round(period.length().seconds() * 1e9));
      MediaTime last = period.last().duration();
      nanos = Math.max(nanos, last == null ? 0 : Math.round(last.seconds() * 1e9));
    }
    return Duration.ofNanos(nanos);
  }

  /** What left the list is not asked for. */
  private static void depth(Xml xml, SegmentWindow window, Instant now) {
    SegmentWindow.Beginning beginning = window.beginning();
    if (beginning != null && window.firstMsn() > beginning.first().msn()) {
      Duration listed = Duration.between(window.segments().getFirst().startsAt(), now);
      xml.with("timeShiftBufferDepth", Spelling.seconds((int) Math.max(1, listed.toSeconds())));
    }
  }

  private static void service(Xml xml) {
    xml.begin("ServiceDescription").with("id", 0);
    xml.begin("Latency").with("referenceId", 0).with("target", LATENCY_MS).end("Latency");
    xml.begin("PlaybackRate").with("min", SLOWEST).with("max", FASTEST).end("PlaybackRate");
    xml.end("ServiceDescription");
  }

  private static void period(
      Xml xml,
      ProgramWindow program,
      NumberedPeriod period,
      String id,
      Instant start,
      String suffix) {
    xml.begin("Period").with("id", id);
    xml.with("start", Spelling.duration(Duration.between(start, period.begins())));
    Instant end = period.ends();
    if (end != null) {
      xml.with("duration", Spelling.duration(Duration.between(period.begins(), end)));
    }
    set(xml, program, period, true, suffix);
    set(xml, program, period, false, suffix);
    xml.end("Period");
  }

  private static void set(
      Xml xml, ProgramWindow program, NumberedPeriod period, boolean video, String suffix) {
    List<Rendition> renditions =
        program.renditions().stream()
            .filter(r -> r.format().video() == video && period.of(r) != null)
            .toList();
    if (renditions.isEmpty()) {
      return;
    }
    Rendition any = renditions.getFirst();
    boolean live = !any.window().ended();
    Spelling.beginSet(xml, video);
    Slot first = period.of(any);
    if (live && first != null) {
      producer(xml, video ? 0 : 1, period.begins(), offset(first, period));
      SegmentPlan plan = any.window().plan();
      long chunk = Math.round(plan.partTarget().seconds() * first.start().timescale());
      xml.begin("Resync").with("type", 0).with("dT", chunk).end("Resync");
    }
    for (Rendition rendition : renditions) {
      representation(xml, program.run(), rendition, period, live, suffix);
    }
    xml.end("AdaptationSet");
  }

  /** The wall clock at which the period's beginning was drawn; latency is counted from there. */
  private static void producer(Xml xml, int id, Instant begins, long offset) {
    xml.begin("ProducerReferenceTime").with("id", id).with("type", "encoder");
    xml.with("wallClockTime", begins).with("presentationTime", offset);
    Spelling.clock(xml);
    xml.end("ProducerReferenceTime");
  }

  private static void representation(
      Xml xml,
      String run,
      Rendition rendition,
      NumberedPeriod period,
      boolean live,
      String suffix) {
    Slot first = period.of(rendition);
    if (first == null) {
      return;
    }
    String folder = run + "/" + rendition.id() + "/";
    int timescale = first.start().timescale();
    Spelling.beginRepresentation(xml, rendition);
    xml.begin("SegmentTemplate").with("timescale", timescale);
    xml.with("duration", Math.round(period.length().seconds() * timescale));
    if (live) {
      // A player may ask for a segment when its first part is there (§5.3.9.5.3).
      double early = period.length().seconds() - rendition.window().plan().partTarget().seconds();
      xml.with("availabilityTimeOffset", String.format(Locale.ROOT, "%.3f", Math.max(0, early)));
      xml.with("availabilityTimeComplete", false);
    }
    xml.with("initialization", folder + "init-" + first.initIndex() + ".mp4" + suffix);
    xml.with("media", folder + MediaName.GrowingSegment.TEMPLATE + suffix);
    xml.with("startNumber", period.first().msn());
    if (period.over()) {
      xml.with("endNumber", period.last().msn());
    }
    xml.with("presentationTimeOffset", offset(first, period));
    xml.end("SegmentTemplate").end("Representation");
  }

  private static long offset(Slot slot, NumberedPeriod period) {
    return Spelling.offset(slot.start(), slot.startsAt(), period.begins());
  }
}
