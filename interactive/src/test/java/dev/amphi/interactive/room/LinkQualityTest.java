package dev.amphi.interactive.room;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.LinkSample;
import dev.amphi.interactive.api.LinkSample.Direction;
import dev.amphi.interactive.api.TrackView.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkQualityTest {
  @ParameterizedTest
  @CsvSource({
    "UP, AUDIO, 0, 5, -1, GOOD",
    "UP, AUDIO, 0.02, 5, -1, WEAK",
    "UP, AUDIO, 0.08, 5, -1, POOR",
    "UP, AUDIO, 0, 60, -1, WEAK",
    "UP, AUDIO, 0, 200, -1, POOR",
    "UP, VIDEO, 0, 200, -1, GOOD",
    "DOWN, VIDEO, 0, -1, 299, GOOD",
    "DOWN, VIDEO, 0, -1, 300, WEAK",
    "DOWN, VIDEO, 0, -1, 700, POOR",
    "DOWN, AUDIO, 0.3, -1, 20, POOR",
  })
  void isGradedByWhatPeopleNotice(
      Direction direction,
      Kind kind,
      double loss,
      double jitterMillis,
      double roundTripMillis,
      LinkQuality expected) {
    LinkSample stream =
        new LinkSample(direction, kind, "", 100_000, loss, jitterMillis, roundTripMillis);

    assertThat(LinkQuality.of(List.of(stream))).isEqualTo(expected);
  }

  @Test
  void isThatOfTheWorstStream() {
    LinkSample good = new LinkSample(Direction.DOWN, Kind.VIDEO, "", 1e6, 0, -1, 20);
    LinkSample poor = new LinkSample(Direction.UP, Kind.VIDEO, "h", 1e6, 0.2, 10, -1);

    assertThat(LinkQuality.of(List.of(good, poor, good))).isEqualTo(LinkQuality.POOR);
    assertThat(LinkQuality.of(List.of())).isEqualTo(LinkQuality.GOOD);
  }
}
