package dev.amphi.interactive.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.interactive.api.Refusal;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SdpParserTest {
  private static final String HEAD = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n";
  private static final String AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n";

  @Test
  void keepsTheOrderOfSectionsAndTheirTags() throws Refusal {
    assertThat(SdpParser.parse(SdpText.of("chromium-simulcast")).mids())
        .containsExactly("0", "1", "2", "3");
  }

  @Test
  void readsLinesThatEndWithoutCarriageReturn() throws Refusal {
    assertThat(SdpParser.parse((HEAD + AUDIO + "a=mid:x\r\n").replace("\r", "")).mids())
        .containsExactly("x");
  }

  @Test
  void aBundleOnlySectionOfPortZeroIsNotRejected() throws Refusal {
    var firefox = SdpParser.parse(SdpText.of("firefox"));
    assertThat(firefox.sections().get(2).port()).isZero();
    assertThat(firefox.sections().get(2).rejected()).isFalse();
  }

  static Stream<Arguments> bombs() {
    return Stream.of(
        Arguments.of("", "must start with 'v=0', but it is empty"),
        Arguments.of("hello", "not of the form 'x=…': 'hello'"),
        Arguments.of("v=1\r\n", "first line is 'v=1'"),
        Arguments.of("v=0\r\n".repeat(20_000), "100000 characters; at most 65536"),
        Arguments.of(HEAD + "a=" + "x".repeat(5000), "Line 5 of the SDP has 5002 characters"),
        Arguments.of(HEAD + "a=x\0y\r\n", "control character U+0000"),
        Arguments.of(HEAD + "m=a 0 x 0\n".repeat(5000), "5000 media sections; at most 100"),
        Arguments.of(HEAD + (AUDIO + "a=mid:7\r\n").repeat(2), "the same tag a=mid:7"),
        Arguments.of(HEAD + AUDIO + "a=mid:a b\r\n", "is not a token"),
        Arguments.of(HEAD + "m=audio\r\n", "lacks a port"),
        Arguments.of(HEAD + "m=audio 99999 RTP/AVP 0\r\n", "port 99999"),
        Arguments.of(HEAD + "m=audio -1 RTP/AVP 0\r\n", "port '-1'"));
  }

  @ParameterizedTest
  @MethodSource("bombs")
  void refusesWithASentenceThatSaysWhatItFound(String text, String sentence) {
    assertThatThrownBy(() -> SdpParser.parse(text))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(400);
              assertThat(refusal.code()).isEqualTo("bad_sdp");
              assertThat(refusal.detail()).contains(sentence).hasSizeLessThan(300);
            });
  }

  @Test
  void tenThousandSectionsAreRefusedByTheirLengthOrNumber() {
    assertThatThrownBy(() -> SdpParser.parse(HEAD + "m=a 0 x 0\r\n".repeat(10_000)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("at most");
  }
}
