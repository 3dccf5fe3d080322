package dev.amphi.interactive.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StreamTallyTest {
  private final StreamTally tally = new StreamTally(7, false);

  private void receive(int... sequences) {
    for (int sequence : sequences) {
      tally.onPacket(sequence);
    }
  }

  @Test
  void countsHolesAsLost() {
    receive(10, 11, 13, 16);

    assertThat(tally.received()).isEqualTo(4);
    assertThat(tally.lost()).isEqualTo(3);
  }

  @Test
  void fillsAHoleWithWhatComesLate() {
    receive(10, 12, 11);

    assertThat(tally.lost()).isZero();
  }

  @Test
  void countsOnAcrossTheWrap() {
    receive(65_534, 65_535, 1, 2);

    assertThat(tally.received()).isEqualTo(4);
    assertThat(tally.lost()).isEqualTo(1);
  }

  @Test
  void forgetsAtTheMarkWhatWasLostBefore() {
    receive(10, 20);
    tally.mark();
    receive(21, 23);

    assertThat(tally.received()).isEqualTo(2);
    assertThat(tally.lost()).isEqualTo(1);
  }

  @Test
  void isNotBelowZeroWhenAPacketOfBeforeComesAfterTheMark() {
    receive(10, 12);
    tally.mark();
    receive(11, 13);

    assertThat(tally.lost()).isZero();
  }

  @Test
  void reportsTheFractionSinceTheLastReport() {
    receive(0, 1, 2, 3);
    assertThat(tally.reportFractionLost()).isZero();
    receive(5, 7);
    assertThat(tally.reportFractionLost()).isEqualTo(128);
    assertThat(tally.reportFractionLost()).isZero();
    assertThat(tally.extendedHighest()).isEqualTo(7);
  }
}
