package dev.amphi.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {
  @Test
  void signsTheSpecificationsExample() {
    WebhookSecret secret = WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();
    byte[] payload = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    assertThat(secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330L, payload))
        .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_c2hvcnQ=", "whsec_%%%"})
  void whatIsNoSecretIsNone(String text) {
    assertThat(WebhookSecret.of(text)).isEmpty();
  }

  @Test
  void hasTwentyFourToSixtyFourBytesAndShowsNone() {
    for (int bytes : new int[] {23, 24, 64, 65}) {
      String text = "whsec_" + Base64.getEncoder().encodeToString(new byte[bytes]);
      assertThat(WebhookSecret.of(text).isPresent()).as(text).isEqualTo(bytes == 24 || bytes == 64);
    }
    assertThat(WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow())
        .hasToString("whsec_…");
  }
}
