package dev.amphi.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.server.webhook.WebhookEndpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookSettingsTest {
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private static List<WebhookEndpoint> read(Map<String, String> environment) throws Exception {
    return new ConfigSources(Map.of(), environment, Optional.empty()).read().webhooks();
  }

  @Test
  void endpointsComeFromTheFileUnderNamesOfTheOperatorsChoosing(@TempDir Path folder)
      throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("amphi.yaml"),
            """
            webhooks:
              moodle:
                url: https://school.example/amphi/hook?site=2
                secret: %s whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
                events: [class.live, recording.*]
              monitor:
                url: http://10.0.0.7:8000/
                secret: [%s]
            """
                .formatted(SECRET, SECRET));
    List<WebhookEndpoint> endpoints =
        new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read().webhooks();
    assertThat(endpoints).extracting(WebhookEndpoint::name).containsExactly("monitor", "moodle");
    assertThat(endpoints.getFirst().events()).isEmpty();
    assertThat(endpoints.getLast().events()).containsExactlyInAnyOrder("class.live", "recording.*");
    assertThat(endpoints.getLast().secrets()).hasSize(2);
    assertThat(endpoints.getLast().url()).hasToString("https://school.example/amphi/hook?site=2");
  }

  @Test
  void andFromTheEnvironment() throws Exception {
    List<WebhookEndpoint> endpoints =
        read(
            Map.of(
                "AMPHI_WEBHOOKS_MOODLE_URL", "https://school.example/hook",
                "AMPHI_WEBHOOKS_MOODLE_SECRET", SECRET,
                "AMPHI_WEBHOOKS_MOODLE_EVENTS", "class.live,stage.joined"));
    assertThat(endpoints).extracting(WebhookEndpoint::name).containsExactly("moodle");
    assertThat(endpoints.getFirst().events())
        .containsExactlyInAnyOrder("class.live", "stage.joined");
    assertThat(read(Map.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "URL    | ftp://school.example/hook      | http or https URL",
        "URL    | https://ada:pw@school.example/ | http or https URL",
        "URL    | /hook                          | http or https URL",
        "SECRET | MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw | whsec_ and 24 to 64 bytes",
        "SECRET | ''                             | whsec_ and 24 to 64 bytes",
        "EVENTS | class.live class.lost          | has 'class.lost'",
      })
  void whatIsWrongIsSaidWithoutTheSecret(String what, String value, String said) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "AMPHI_WEBHOOKS_MOODLE_URL",
                "https://school.example/hook",
                "AMPHI_WEBHOOKS_MOODLE_SECRET",
                SECRET));
    environment.put("AMPHI_WEBHOOKS_MOODLE_" + what, value);
    assertThatThrownBy(() -> read(environment))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("webhooks.moodle." + what.toLowerCase(java.util.Locale.ROOT))
        .hasMessageContaining(said)
        .hasMessageNotContaining("MfKQ9r8")
        .hasMessageNotContaining("ada:pw");
  }

  @Test
  void anUnknownKeyStopsTheStart(@TempDir Path folder) throws Exception {
    Path file =
        Files.writeString(folder.resolve("amphi.yaml"), "webhooks:\n  moodle:\n    link: x\n");
    assertThatThrownBy(() -> new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read())
        .hasMessageContaining("webhooks.moodle.link");
  }
}
