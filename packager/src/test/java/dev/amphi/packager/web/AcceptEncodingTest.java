package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptEncodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "gzip, deflate, br, zstd",
        "br;q=1.0, GZIP;q=0.8",
        "*",
        "x-gzip",
        "br , *"
      })
  void packsForWhoTakesIt(String header) {
    assertThat(AcceptEncoding.takesGzip(header)).isTrue();
    assertThat(AcceptEncoding.takesGzip(header)).as("the same again").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "identity", "br", "gzip;q=0", "gzip;q=0.0, br", "gzipped"})
  void leavesItAsItIsForOthers(String header) {
    assertThat(AcceptEncoding.takesGzip(header)).isFalse();
  }

  @Test
  void whoSaysNothingGetsItAsItIs() {
    assertThat(AcceptEncoding.takesGzip("gzip")).isTrue();
    assertThat(AcceptEncoding.takesGzip(null)).isFalse();
  }
}
