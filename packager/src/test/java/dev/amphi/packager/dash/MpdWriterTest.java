package dev.amphi.packager.dash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.Synthetic;
import dev.amphi.packager.origin.ProgramWindow;
import dev.amphi.packager.origin.Rendition;
import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two segments, one that is missing, and one of the next period. */
final class MpdWriterTest {
  private static final Instant START = Instant.parse("2026-11-02T09:00:00Z");

  @Test
  void aPeriodOfTheProgramIsAPeriodAndWhatIsMissingIsInNone() {
    assertThat(MpdWriter.write(program(window()), START.plusSeconds(10), "?token=a&b"))
        .isEqualTo(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011,urn:mpeg:dash:profile:cmaf:2019" minBufferTime="PT2S" maxSegmentDuration="PT2S" type="dynamic" availabilityStartTime="2026-11-02T09:00:00Z" publishTime="2026-11-02T09:00:10Z" minimumUpdatePeriod="PT1S" suggestedPresentationDelay="PT4S">
              <Period id="p0" start="PT0.000S" duration="PT3.200S">
                <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">
                  <InbandEventStream schemeIdUri="urn:amphi:class:2026"/>
                  <Representation id="720p" codecs="avc1.64001f" bandwidth="3000000" width="1280" height="720" frameRate="30">
                    <SegmentTemplate timescale="90000" initialization="1-abc/720p/init-0.mp4?token=a&amp;b" media="1-abc/720p/$Number$.m4s?token=a&amp;b" startNumber="0" presentationTimeOffset="9000">
                      <SegmentTimeline>
                        <S t="9000" d="144000" r="1"/>
                      </SegmentTimeline>
                    </SegmentTemplate>
                  </Representation>
                </AdaptationSet>
              </Period>
              <Period id="p1" start="PT4.800S">
                <AdaptationSet contentType="video" mimeType="video/mp4" segmentAlignment="true" startWithSAP="1">
                  <InbandEventStream schemeIdUri="urn:amphi:class:2026"/>
                  <Representation id="720p" codecs="avc1.64001f" bandwidth="3000000" width="1280" height="720" frameRate="30">
                    <SegmentTemplate timescale="90000" initialization="1-abc/720p/init-1.mp4?token=a&amp;b" media="1-abc/720p/$Number$.m4s?token=a&amp;b" startNumber="3" presentationTimeOffset="0">
                      <SegmentTimeline>
                        <S t="0" d="144000"/>
                      </SegmentTimeline>
                    </SegmentTemplate>
                  </Representation>
                </AdaptationSet>
              </Period>
              <UTCTiming schemeIdUri="urn:mpeg:dash:utc:http-iso:2014" value="/hls/time"/>
              <UTCTiming schemeIdUri="urn:mpeg:dash:utc:direct:2014" value="2026-11-02T09:00:10Z"/>
            </MPD>
            """);
  }

  @Test
  void whatHasEndedIsStaticAndSaysHowLongItIs() {
    assertThat(MpdWriter.write(program(window().end()), START, ""))
        .contains("type=\"static\" mediaPresentationDuration=\"PT6.400S\"")
        .contains("<Period id=\"p1\" start=\"PT4.800S\" duration=\"PT1.600S\">")
        .doesNotContain("UTCTiming", "minimumUpdatePeriod");
  }

  @Test
  void whatIsSaidOfTheOthersStaysWhenTheOldestSegmentsGo() {
    SegmentWindow later = window().withoutOldest();
    assertThat(MpdWriter.write(program(later), START, ""))
        .contains("availabilityStartTime=\"2026-11-02T09:00:00Z\"")
        .contains("<Period id=\"p0\" start=\"PT0.000S\" duration=\"PT3.200S\">")
        .contains("startNumber=\"1\" presentationTimeOffset=\"9000\"")
        .contains("<S t=\"153000\" d=\"144000\"/>")
        .contains("<Period id=\"p1\" start=\"PT4.800S\">");
    for (int gone = 0; gone < 2; gone++) {
      later = later.withoutOldest();
      assertThat(MpdWriter.write(program(later), START, ""))
          .contains("availabilityStartTime=\"2026-11-02T09:00:00Z\"")
          .contains("<Period id=\"p1\" start=\"PT4.800S\">")
          .contains("startNumber=\"3\" presentationTimeOffset=\"0\"")
          .doesNotContain("p0");
    }
  }

  private static ProgramWindow program(SegmentWindow window) {
    return new ProgramWindow(
        "1-abc", List.of(new Rendition("720p", Synthetic.PICTURE, window, 3_000_000)));
  }

  private static SegmentWindow window() {
    return SegmentWindow.empty("720p", SegmentPlan.standard())
        .completed(segment(0, 9000, 0, false))
        .completed(segment(1, 153_000, 0, false))
        .completed(segment(2, 0, 0, true))
        .completed(segment(3, 0, 1, false));
  }

  private static Segment segment(int msn, long ticks, int init, boolean gap) {
    return new Segment(
        msn,
        new MediaTime(ticks, 90_000),
        START.plusMillis(1600L * msn),
        new MediaTime(144_000, 90_000),
        init,
        init == 1,
        gap,
        List.of(),
        1000,
        gap ? 0 : 48,
        100_000);
  }
}
