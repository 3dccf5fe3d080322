package dev.amphi.server.room;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AirGateTest {
  private final AirGate gate = new AirGate();

  @Test
  void waitsForAKeyFrame() {
    assertThat(gate.passes("720p", 100, false)).isFalse();
    assertThat(gate.passes("audio", 100, false)).isFalse();
    assertThat(gate.passes("720p", 200, true)).isTrue();
    assertThat(gate.passes("720p", 233, false)).isTrue();
  }

  @Test
  void everyRenditionStartsAtTheSameInstant() {
    assertThat(gate.passes("360p", 150, false)).isFalse();
    assertThat(gate.passes("audio", 180, false)).isFalse();
    assertThat(gate.passes("720p", 200, true)).isTrue();
    assertThat(gate.passes("360p", 183, false)).isFalse();
    assertThat(gate.passes("audio", 190, false)).isFalse();
    assertThat(gate.passes("360p", 200, true)).isTrue();
    assertThat(gate.passes("audio", 201, false)).isTrue();
  }

  @Test
  void soundThatRanAheadPutsTheStartOffToTheNextKeyFrame() {
    assertThat(gate.passes("audio", 205, false)).isFalse();
    assertThat(gate.passes("720p", 200, true)).isFalse();
    assertThat(gate.passes("audio", 399, false)).isFalse();
    assertThat(gate.passes("720p", 400, true)).isTrue();
    assertThat(gate.passes("audio", 420, false)).isTrue();
  }

  @Test
  void aRestartWhileOnAirStaysOnAir() {
    assertThat(gate.passes("720p", 5_000, true)).isTrue();

    gate.restarted();

    assertThat(gate.passes("audio", 0, false)).isTrue();
    assertThat(gate.passes("720p", 0, true)).isTrue();
  }

  @Test
  void aRestartBeforeTheStartWaitsForTheNewKeyFrame() {
    assertThat(gate.passes("audio", 5_000, false)).isFalse();

    gate.restarted();

    assertThat(gate.passes("720p", 0, true)).isTrue();
  }
}
