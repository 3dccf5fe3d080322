package dev.amphi.packager.dash;

import dev.amphi.packager.mp4.EventMessage;
import dev.amphi.packager.mp4.TrackFormat;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.MediaTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What both descriptions say in the same words. */
final class Spelling {
  /** Where a node tells the time, below any of its origins. */
  private static final String CLOCK = "/hls/time";

  private Spelling() {}

  /** Begins an AdaptationSet: pictures or sound. */
  static void beginSet(Xml xml, boolean video) {
    xml.begin("AdaptationSet").with("contentType", video ? "video" : "audio");
    xml.with("mimeType", video ? "video/mp4" : "audio/mp4");
    xml.with("segmentAlignment", true).with("startWithSAP", 1);
    if (video) {
      xml.begin("InbandEventStream").with("schemeIdUri", EventMessage.SCHEME);
      xml.end("InbandEventStream");
    }
  }

  /** Begins a Representation. */
  static void beginRepresentation(Xml xml, Rendition rendition) {
    TrackFormat format = rendition.format();
    xml.begin("Representation").with("id", rendition.id()).with("codecs", format.codecName());
    xml.with("bandwidth", Math.max(rendition.peakBps(), format.bitrateBps()));
    if (format.video()) {
      xml.with("width", format.width()).with("height", format.height());
      xml.with("frameRate", Math.max(1, Math.round(rendition.frameRate())));
    } else {
      xml.with("audioSamplingRate", format.samplingRate());
    }
  }

  /** An address that tells the time now: this text may lie in a cache for a second. */
  static void clock(Xml xml) {
    xml.begin("UTCTiming").with("schemeIdUri", "urn:mpeg:dash:utc:http-iso:2014");
    xml.with("value", CLOCK).end("UTCTiming");
  }

  /** The time as it was when the text was made, for players that ask nobody. */
  static void time(Xml xml, Instant now) {
    xml.begin("UTCTiming").with("schemeIdUri", "urn:mpeg:dash:utc:direct:2014");
    xml.with("value", now).end("UTCTiming");
  }

  /** Media time at a period's beginning, seen from something that starts in it. */
  static long offset(MediaTime start, Instant startsAt, Instant begins) {
    double since = Duration.between(begins, startsAt).toNanos() / 1e9;
    return Math.max(0, start.ticks() - Math.round(since * start.timescale()));
  }

  static String seconds(int seconds) {
    return "PT" + seconds + "S";
  }

  static String duration(Duration duration) {
    return String.format(Locale.ROOT, "PT%.3fS", duration.toNanos() / 1e9);
  }
}
