package dev.amphi.server.load.hls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlayheadTest {
  private static final long MS = 1_000_000;
  private static final long PART = 320 * MS;
  private static final long HOLD_BACK = 3 * PART;
  private static final long TARGET = 2_000 * MS;

  private final List<String> shown = new ArrayList<>();
  private final Playhead playhead =
      new Playhead(1, (mark, nanos) -> shown.add(mark + "@" + nanos / MS));

  /** One part comes just when it is over, as from a server without delay. */
  private long partAt(long start) {
    long now = start + PART;
    playhead.buffered(0, start, start + PART, now);
    playhead.edge(start + PART, HOLD_BACK, TARGET, now);
    return now;
  }

  private long playUntil(long from, long to) {
    for (long start = from; start < to; start += PART) {
      partAt(start);
    }
    return to;
  }

  @Test
  void startsTheHoldBackBehindTheEdge() {
    playhead.edge(10_000 * MS, HOLD_BACK, TARGET, 0);
    playhead.buffered(0, 8_000 * MS, 10_000 * MS, 0);

    assertThat(playhead.playing()).isTrue();
    assertThat(playhead.positionNanos()).isEqualTo(10_000 * MS - HOLD_BACK);
    assertThat(playhead.latencyNanos(0)).isEqualTo(HOLD_BACK);
  }

  @Test
  void playsOnWhileMediaComes() {
    playhead.edge(10_000 * MS, HOLD_BACK, TARGET, 10_000 * MS);
    playhead.buffered(0, 8_000 * MS, 10_000 * MS, 10_000 * MS);

    playUntil(10_000 * MS, 10_000 * MS + 100 * PART);

    assertThat(playhead.stalls()).isZero();
    assertThat(playhead.latencyNanos(10_000 * MS + 100 * PART)).isEqualTo(HOLD_BACK);
  }

  @Test
  void countsAStallFromTheMomentTheMediaEnds() {
    playhead.edge(10_000 * MS, HOLD_BACK, TARGET, 10_000 * MS);
    playhead.buffered(0, 8_000 * MS, 10_000 * MS, 10_000 * MS);
    long dry = 10_000 * MS + HOLD_BACK;

    playhead.advance(dry + 500 * MS);
    assertThat(playhead.playing()).isFalse();
    playhead.buffered(0, 10_000 * MS, 10_000 * MS + PART, dry + 700 * MS);

    assertThat(playhead.playing()).isTrue();
    assertThat(playhead.stalls()).isEqualTo(1);
    assertThat(playhead.stalledNanos()).isEqualTo(700 * MS);
  }

  @Test
  void catchesUpAfterAStallButStaysAPenaltyFurtherBehind() {
    playhead.edge(10_000 * MS, HOLD_BACK, TARGET, 10_000 * MS);
    playhead.buffered(0, 8_000 * MS, 10_000 * MS, 10_000 * MS);
    long late = 10_000 * MS + HOLD_BACK + 2_000 * MS;
    playhead.advance(late);
    playhead.buffered(0, 10_000 * MS, late, late);
    playhead.edge(late, HOLD_BACK, TARGET, late);
    assertThat(playhead.latencyNanos(late)).isEqualTo(HOLD_BACK + 2_000 * MS);

    playhead.advance(late + 10 * MS);
    assertThat(playhead.rate()).isEqualTo(1.08, within(0.001));
    long end = playUntil(late, late + 100 * PART);

    assertThat(playhead.rate()).isEqualTo(1);
    assertThat((playhead.latencyNanos(end) - HOLD_BACK) / 1e9).isEqualTo(1.0, within(0.1));
  }

  @Test
  void tellsWhenAMarkedMomentIsShown() {
    playhead.edge(10_000 * MS, HOLD_BACK, TARGET, 0);
    playhead.mark(10_000 * MS - HOLD_BACK, 1);
    playhead.mark(9_500 * MS, 2);
    playhead.mark(9_990 * MS, 3);
    playhead.buffered(0, 8_000 * MS, 10_000 * MS, 0);

    playhead.advance(600 * MS);
    assertThat(shown).containsExactly("1@0", "2@460");
    playhead.advance(1_000 * MS);

    assertThat(shown).containsExactly("1@0", "2@460", "3@950");
  }

  @Test
  void waitsForTheSlowerOfTwoTracks() {
    Playhead both = new Playhead(2, (mark, nanos) -> {});
    both.edge(10_000 * MS, HOLD_BACK, TARGET, 0);
    both.buffered(0, 8_000 * MS, 10_000 * MS, 0);
    assertThat(both.playing()).isFalse();

    both.buffered(1, 8_000 * MS, 9_500 * MS, 100 * MS);
    assertThat(both.playing()).isTrue();
    both.advance(1_000 * MS);

    assertThat(both.positionNanos()).isEqualTo(9_500 * MS);
    assertThat(both.stalls()).isEqualTo(1);
  }

  @Test
  void skipsAHoleThatNothingFills() {
    playhead.edge(10_000 * MS, HOLD_BACK, TARGET, 0);
    playhead.buffered(0, 8_000 * MS, 10_000 * MS, 0);
    playhead.advance(2_000 * MS);

    playhead.buffered(0, 12_000 * MS, 12_500 * MS, 2_500 * MS);

    assertThat(playhead.playing()).isTrue();
    assertThat(playhead.positionNanos()).isEqualTo(12_000 * MS);
    assertThat(playhead.stalls()).isEqualTo(1);
  }
}
