package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.amphi.interactive.api.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Gestures as JSON. */
class GestureCodecTest {
  private final GestureCodec codec = new GestureCodec();

  private Gesture decode(String text) throws Refusal {
    return codec.decode(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void gesturesAreReadAndToldWithTheirAuthor() throws Refusal {
    assertThat(codec.encode("ada", decode("{\"type\":\"cursor\",\"x\":0.123456,\"y\":1}")))
        .isEqualTo("{\"type\":\"cursor\",\"from\":\"ada\",\"x\":0.1235,\"y\":1.0,\"shown\":true}");
    assertThat(
            codec.encode(
                "ada",
                decode("{\"type\":\"stroke\",\"id\":\"s1\",\"points\":[0,0.5],\"done\":true}")))
        .isEqualTo(
            "{\"type\":\"stroke\",\"from\":\"ada\",\"id\":\"s1\",\"points\":[0.0,0.5],\"done\":true}");
    assertThat(decode("{\"type\":\"stroke\",\"id\":\"s1\",\"points\":[]}"))
        .isEqualTo(new Gesture.Stroke("s1", List.of(), false));
    assertThat(decode("{\"type\":\"reaction\",\"emoji\":\"👏\"}"))
        .isEqualTo(new Gesture.Reaction("👏"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "not json | JSON",
        "[1] | one JSON object",
        "{\"type\":\"offer\"} | 'offer'",
        "{\"type\":\"cursor\",\"x\":2,\"y\":0} | 2.0",
        "{\"type\":\"cursor\",\"x\":-0.1,\"y\":0} | from 0 to 1",
        "{\"type\":\"cursor\",\"x\":\"a\",\"y\":0} | not a number",
        "{\"type\":\"cursor\",\"y\":0} | 'x'",
        "{\"type\":\"stroke\",\"id\":\"a\",\"points\":[1]} | in turn",
        "{\"type\":\"stroke\",\"points\":[]} | 'id'",
        "{\"type\":\"reaction\",\"emoji\":\"12345678901234567\"} | 'emoji'",
        "{\"type\":\"reaction\",\"emoji\":\"👏👏\"} | one character",
        "{\"type\":\"reaction\",\"emoji\":\"buy now\"} | one character",
        "{\"type\":\"stroke\",\"id\":\"a\",\"points\":[[[[0]]]]} | levels",
      })
  void whatHasNotTheFormIsRefusedWithASentence(String text, String sentence) {
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> decode(text))
        .satisfies(refusal -> assertThat(refusal.detail()).contains(sentence));
  }

  @Test
  void tooMuchIsRefused() {
    String many = "0,".repeat(513) + "0";
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> decode("{\"type\":\"stroke\",\"id\":\"a\",\"points\":[" + many + "]}"))
        .satisfies(refusal -> assertThat(refusal.detail()).contains("257 points"));
    assertThatExceptionOfType(Refusal.class)
        .isThrownBy(() -> codec.decode(new byte[8_193]))
        .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(413));
  }
}
