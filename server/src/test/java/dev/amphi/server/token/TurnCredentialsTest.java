package dev.amphi.server.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.interactive.api.IceServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnCredentialsTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2025-12-31T23:00:00Z"), ZoneOffset.UTC);

  /** The password was computed by {@code openssl dgst -sha1 -hmac}. */
  @Test
  void lastsForItsTimeAndIsTheUserNamesMac() {
    TurnCredentials credentials =
        new TurnCredentials(
            List.of("turn:turn.example.org:3478"),
            "0123456789abcdef0123456789abcdef",
            Duration.ofHours(1),
            CLOCK);

    IceServer server = credentials.of("ada").getFirst();

    assertThat(server.username()).isEqualTo("1767225600:ada");
    assertThat(server.credential()).isEqualTo("/GNwztv4wi3BUdvDNO9WKqRDVJo=");
    assertThat(server).hasToString("IceServer[urls=[turn:turn.example.org:3478]]");
  }
}
