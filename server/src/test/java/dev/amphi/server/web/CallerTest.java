package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerTest {
  private static final String RECORDING = "/api/rooms/maths/recordings/r_1";

  @ParameterizedTest
  @ValueSource(strings = {".mp4", ".vtt", "/thumbnails/1.jpg", "/tracks/1.webm", "/tracks/1.mkv"})
  void aLinkToAFileMayCarryItsToken(String file) {
    assertThat(Caller.isFile(RECORDING + file)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/tracks", "/trim", "/compositions", ".mp4/x"})
  void whatIsNoFileIsAskedForWithAHeader(String other) {
    assertThat(Caller.isFile(RECORDING + other)).isFalse();
  }
}
