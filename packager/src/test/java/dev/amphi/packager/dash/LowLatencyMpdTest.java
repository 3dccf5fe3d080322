package dev.amphi.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two segments, one that is missing, and one that begins the next period and is being made. */
final class LowLatencyMpdTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

  @Test
  void aPlayerKnowsByTheClockWhatThereIsAndHowFarBehindToStay() {
    assertThat(LowLatencyMpdWriter.write(program(picture(), sound()), at(6), "?token=a&b"))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019,http://www.dashif.org/guidelines/low-latency-live-v5" minBufferTime="PT1S" maxSegmentDuration="PT1.600S" type="dynamic" availabilityStartTime="2026-11-02T09:00:00Z" publishTime="2026-11-02T09:00:06Z" minimumUpdatePeriod="PT1S">
              <ServiceDescription id="0">
                <Latency referenceId="0" target="1500"/>
                <PlaybackRate min="0.96" max="1.04"/>
              </ServiceDescription>
              <Period id="p0" start="PT0.000S" duration="PT3.200S">
                <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">
                  <InbandEventStream schemeIdUri="urn:amphi:class:2026"/>
                  <ProducerReferenceTime id="0" type="encoder" wallClockTime="2026-11-02T09:00:00Z" presentationTime="9000">
                    <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="/hls/time"/>
                  </ProducerReferenceTime>
                  <Resync type="0" dT="25200"/>
                  <Representation id="720p" codecs="avc1.64001f" bandwidth="3000000" width="1280" height="720" frameRate="30">
                    <SegmentTemplate timescale="90000" duration="144000" availabilityTimeOffset="1.320" availabilityTimeComplete="false" initialization="1-abc/720p/init-0.mp4?token=a&amp;b" media="1-abc/720p/$Number$.now.m4s?token=a&amp;b" startNumber="0" endNumber="1" presentationTimeOffset="9000"/>
                  </Representation>
                </AdaptationSet>
                <AdaptationSet contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1">
                  <ProducerReferenceTime id="1" type="encoder" wallClockTime="2026-11-02T09:00:00Z" presentationTime="4800">
                    <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="/hls/time"/>
                  </ProducerReferenceTime>
                  <Resync type="0" dT="13440"/>
                  <Representation id="audio" codecs="mp4a.40.2" bandwidth="128000" audioSamplingRate="48000">
                    <SegmentTemplate timescale="48000" duration="76800" availabilityTimeOffset="1.320" availabilityTimeComplete="false" initialization="1-abc/audio/init-0.mp4?token=a&amp;b" media="1-abc/audio/$Number$.now.m4s?token=a&amp;b" startNumber="0" endNumber="1" presentationTimeOffset="4800"/>
                  </Representation>
                </AdaptationSet>
              </Period>
              <Period id="p1" start="PT4.800S">
                <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">
                  <InbandEventStream schemeIdUri="urn:amphi:class:2026"/>
                  <ProducerReferenceTime id="0" type="encoder" wallClockTime="2026-11-02T09:00:04.800Z" presentationTime="0">
                    <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="/hls/time"/>
                  </ProducerReferenceTime>
                  <Resync type="0" dT="25200"/>
                  <Representation id="720p" codecs="avc1.64001f" bandwidth="3000000" width="1280" height="720" frameRate="30">
                    <SegmentTemplate timescale="90000" duration="144000" availabilityTimeOffset="1.320" availabilityTimeComplete="false" initialization="1-abc/720p/init-1.mp4?token=a&amp;b" media="1-abc/720p/$Number$.now.m4s?token=a&amp;b" startNumber="3" presentationTimeOffset="0"/>
                  </Representation>
                </AdaptationSet>
                <AdaptationSet contentType="audio" mimeType="audio/mp4" segmentAlignment="true" startWithSAP="1">
                  <ProducerReferenceTime id="1" type="encoder" wallClockTime="2026-11-02T09:00:04.800Z" presentationTime="0">
                    <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="/hls/time"/>
                  </ProducerReferenceTime>
                  <Resync type="0" dT="13440"/>
                  <Representation id="audio" codecs="mp4a.40.2" bandwidth="128000" audioSamplingRate="48000">
                    <SegmentTemplate timescale="48000" duration="76800" availabilityTimeOffset="1.320" availabilityTimeComplete="false" initialization="1-abc/audio/init-1.mp4?token=a&amp;b" media="1-abc/audio/$Number$.now.m4s?token=a&amp;b" startNumber="3" presentationTimeOffset="0"/>
                  </Representation>
                </AdaptationSet>
              </Period>
              <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="/hls/time"/>
            </MPD>
            """);
  }

  @Test
  void aPeriodAppearsWithItsSound() {
    SegmentWindow later = closed("audio", 48_000);
    assertThat(LowLatencyMpdWriter.write(program(picture(), later), at(6), ""))
        .contains("<Period id=\"p0\"")
        .doesNotContain("<Period id=\"p1\"");
  }

  @Test
  void whatHasEndedIsStaticAndNobodyIsToldToHurry() {
    String text = LowLatencyMpdWriter.write(program(picture().end(), sound().end()), at(6), "");
    assertThat(text)
        .contains("type=\"static\" mediaPresentationDuration=\"PT3.200S\"")
        .contains("startNumber=\"0\" endNumber=\"1\"")
        .doesNotContain("UTCTiming", "availabilityTimeOffset", "ServiceDescription", "Resync");
  }

  @Test
  void whatIsSaidOfTheOthersStaysWhenTheOldestSegmentsGo() {
    SegmentWindow later = picture().withoutOldest();
    assertThat(LowLatencyMpdWriter.write(program(later, sound().withoutOldest()), at(6), ""))
        .contains("availabilityStartTime=\"2026-11-02T09:00:00Z\"")
        .contains("timeShiftBufferDepth=\"PT4S\"")
        .contains("<Period id=\"p0\" start=\"PT0.000S\" duration=\"PT3.200S\">")
        .contains("startNumber=\"0\" endNumber=\"1\" presentationTimeOffset=\"9000\"")
        .contains("<Period id=\"p1\" start=\"PT4.800S\">");
  }

  @Test
  void whatLeavesTheGridBeginsAPeriodOfItsOwn() {
    SegmentWindow window =
        SegmentWindow.empty("720p", SegmentPlan.standard())
            .completed(segment(0, 9_000, 144_000, 90_000))
            .completed(segment(1, 153_000, 90_000, 90_000))
            .completed(segment(2, 243_000, 144_000, 90_000));
    assertThat(LowLatencyMpdWriter.write(program(window), at(6), ""))
        .contains("start=\"PT0.000S\" duration=\"PT2.600S\"")
        .contains("startNumber=\"0\" endNumber=\"1\"")
        .contains("startNumber=\"2\" presentationTimeOffset=\"243000\"");
  }

  private static Instant at(int seconds) {
    return START.plusSeconds(seconds);
  }

  private static ProgramWindow program(SegmentWindow picture, SegmentWindow sound) {
    return new ProgramWindow(
        "1-abc",
        List.of(
            new Rendition("720p", Synthetic.PICTURE, picture, 3_000_000),
            new Rendition("audio", Synthetic.SOUND, sound, 128_000)));
  }

  private static ProgramWindow program(SegmentWindow picture) {
    return new ProgramWindow(
        "1-abc", List.of(new Rendition("720p", Synthetic.PICTURE, picture, 3_000_000)));
  }

  private static SegmentWindow picture() {
    return closed("720p", 90_000).started(open(90_000));
  }

  private static SegmentWindow sound() {
    return closed("audio", 48_000).started(open(48_000));
  }

  private static OpenSegment open(int timescale) {
    return new OpenSegment(3, new MediaTime(0, timescale), START.plusMillis(4800), 1, true);
  }

  private static SegmentWindow closed(String id, int timescale) {
    int length = timescale * 8 / 5;
    return SegmentWindow.empty(id, SegmentPlan.standard())
        .completed(segment(0, timescale / 10, length, timescale))
        .completed(segment(1, timescale / 10 + length, length, timescale))
        .completed(
            new Segment(
                2,
                new MediaTime(0, timescale),
                START.plusMillis(3200),
                new MediaTime(length, timescale),
                0,
                false,
                true,
                List.of(),
                0,
                0,
                0));
  }

  /** The program's media time zero was a tenth of a second before its beginning. */
  private static Segment segment(int msn, long ticks, long length, int timescale) {
    MediaTime start = new MediaTime(ticks, timescale);
    return new Segment(
        msn,
        start,
        start.after(START.minusMillis(100)),
        new MediaTime(length, timescale),
        0,
        false,
        false,
        List.of(),
        1000,
        48,
        100_000);
  }
}
