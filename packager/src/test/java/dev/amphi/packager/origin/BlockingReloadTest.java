package dev.amphi.packager.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.packager.segment.MediaTime;
import dev.amphi.packager.segment.OpenSegment;
import dev.amphi.packager.segment.Part;
import dev.amphi.packager.segment.Segment;
import dev.amphi.packager.segment.SegmentPlan;
import dev.amphi.packager.segment.SegmentWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments 0 to 9 are whole with two parts each, 10 has two parts so far. */
final class BlockingReloadTest {
  private final SegmentWindow window = window();

  @ParameterizedTest
  @CsvSource({"0,-1", "9,-1", "9,1", "10,0", "10,1"})
  void whatIsThereIsAnsweredAtOnce(long msn, int part) {
    assertThat(decide(msn, part)).isEqualTo(new BlockingReload.Answer());
  }

  @ParameterizedTest
  @CsvSource({"10,-1,10,2147483647", "10,2,10,2", "11,-1,11,2147483647", "11,0,11,0"})
  void whatIsNextIsWaitedFor(long msn, int part, long untilMsn, int untilPart) {
    assertThat(decide(msn, part))
        .isEqualTo(new BlockingReload.Await(new Position(untilMsn, untilPart)));
  }

  @Test
  void aPartAfterTheLastOfASegmentIsTheFirstOfTheNext() {
    assertThat(decide(9, 2)).isEqualTo(new BlockingReload.Answer());
    SegmentWindow between =
        window.completed(
            new Segment(10, Instant.EPOCH, new MediaTime(8, 5), 0, false, parts(), 48, 1));
    assertThat(BlockingReload.decide(between, new PlaylistRequest(10, 2, false)))
        .isEqualTo(new BlockingReload.Await(new Position(11, 0)));
  }

  @ParameterizedTest
  @CsvSource({"12,-1", "12,0", "999999999999999,-1", "10,13", "11,11"})
  void whatIsTooFarAheadIsRefused(long msn, int part) {
    assertThat(decide(msn, part)).isInstanceOf(BlockingReload.Refuse.class);
  }

  @ParameterizedTest
  @CsvSource({"10,12", "11,10"})
  void theAdvancePartLimitItselfIsNotTooFar(long msn, int part) {
    assertThat(decide(msn, part)).isInstanceOf(BlockingReload.Await.class);
  }

  @Test
  void anEndedListNeverWaits() {
    assertThat(BlockingReload.decide(window.end(), new PlaylistRequest(77, 3, false)))
        .isEqualTo(new BlockingReload.Answer());
  }

  @Test
  void anEmptyListWaitsForItsFirstSegment() {
    SegmentWindow empty = SegmentWindow.empty("v", SegmentPlan.standard());
    assertThat(BlockingReload.decide(empty, PlaylistRequest.PLAIN))
        .isEqualTo(new BlockingReload.Await(Position.whole(0)));
    assertThat(BlockingReload.decide(empty, new PlaylistRequest(2, -1, false)))
        .isInstanceOf(BlockingReload.Refuse.class);
  }

  @Test
  void theAdvancePartLimitIsThreeSecondsOfParts() {
    assertThat(SegmentPlan.standard().advancePartLimit()).isEqualTo(11);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "", "x", "1.5", "9223372036854775808", "+1", " 1", "１"})
  void aNumberIsWholeAndNotNegative(String value) {
    assertThatThrownBy(() -> parse(Map.of("_HLS_msn", List.of(value))))
        .isInstanceOf(PlaylistRequest.Malformed.class)
        .hasMessageContaining("_HLS_msn");
  }

  @Test
  void directivesAreReadAndOthersIgnored() throws Exception {
    assertThat(
            parse(
                Map.of(
                    "_HLS_msn", List.of("7"),
                    "_HLS_part", List.of("3"),
                    "_HLS_skip", List.of("YES"),
                    "utm_source", List.of("x", "y"))))
        .isEqualTo(new PlaylistRequest(7, 3, true));
    assertThat(parse(Map.of())).isEqualTo(PlaylistRequest.PLAIN);
  }

  @Test
  void aPartAloneOrADirectiveTwiceIsMalformed() {
    assertThatThrownBy(() -> parse(Map.of("_HLS_part", List.of("3"))))
        .isInstanceOf(PlaylistRequest.Malformed.class);
    assertThatThrownBy(() -> parse(Map.of("_HLS_msn", List.of("3", "3"))))
        .isInstanceOf(PlaylistRequest.Malformed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "../1.m4s",
        "1.m4s/",
        "1.m4s\0",
        "init-.mp4",
        "-1.m4s",
        "1.2.3.m4s",
        "init-0.mp4.m4s",
        "9999999999999999.m4s",
        "1.99999.m4s",
        "journal"
      })
  void onlyNamesOfOurOwnAreRecognised(String name) {
    assertThat(MediaName.parse(name)).isEmpty();
  }

  @Test
  void namesAreReadAsTheyAreSpelt() {
    for (MediaName name :
        List.of(
            new MediaName.Init(3),
            new MediaName.WholeSegment(12),
            new MediaName.SegmentPart(12, 5))) {
      assertThat(MediaName.parse(name.fileName())).contains(name);
    }
  }

  private BlockingReload.Decision decide(long msn, int part) {
    return BlockingReload.decide(window, new PlaylistRequest(msn, part, false));
  }

  private static PlaylistRequest parse(Map<String, List<String>> query)
      throws PlaylistRequest.Malformed {
    return PlaylistRequest.parse(name -> query.getOrDefault(name, List.of()));
  }

  private static SegmentWindow window() {
    SegmentWindow window = SegmentWindow.empty("v", SegmentPlan.standard());
    for (int msn = 0; msn < 10; msn++) {
      window =
          window.completed(
              new Segment(msn, Instant.EPOCH, new MediaTime(8, 5), 0, false, parts(), 48, 1));
    }
    window = window.started(new OpenSegment(10, new MediaTime(0, 90_000), Instant.EPOCH, 0, false));
    return window.with(parts().getFirst()).with(parts().getFirst());
  }

  private static List<Part.Listing> parts() {
    Part.Listing part = new Part.Listing(new MediaTime(4, 15), true);
    return List.of(part, part);
  }
}
