package dev.amphi.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.codec.EncoderChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSourcesTest {
  private final Path folder;

  ConfigSourcesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void defaultsAreEnoughToStart() throws Exception {
    ServerConfig config = read(Map.of(), Map.of());

    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.http().maxBodyBytes()).isEqualTo(65_536);
    assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofSeconds(75));
    assertThat(config.media().port()).isEqualTo(10_000);
    assertThat(config.cluster().enabled()).isFalse();
    assertThat(config.publicUrl()).isEmpty();
    assertThat(config.keys()).isEmpty();
  }

  @Test
  void flagsWinOverTheEnvironmentWhichWinsOverTheFileWhichWinsOverDefaults() throws Exception {
    Path file = yaml("http:\n  port: 1\n  host: 10.0.0.1\nmedia:\n  port: 3\n");

    ServerConfig config =
        new ConfigSources(
                Map.of(ConfigKey.MEDIA_PORT, "30"),
                Map.of("AMPHI_HTTP_PORT", "20", "AMPHI_MEDIA_PORT", "20"),
                Optional.of(file))
            .read();

    assertThat(config.http().host()).isEqualTo("10.0.0.1");
    assertThat(config.http().port()).isEqualTo(20);
    assertThat(config.media().port()).isEqualTo(30);
    assertThat(config.cluster().port()).isEqualTo(5701);
  }

  @Test
  void readsEveryKindOfValueFromTheFile() throws Exception {
    Path file =
        yaml(
            """
            http:
              max_body: 2MiB
              idle_timeout: 500ms
            data_dir: /var/lib/amphi
            public_url: https://live.example.org/
            cluster:
              enabled: true
              members:
                - 10.0.0.1:5701
                - 10.0.0.2:5701
            log:
              format: json
            keys:
              school: 0123456789abcdef0123456789abcdef
            """);

    ServerConfig config = new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read();

    assertThat(config.http().maxBodyBytes()).isEqualTo(2 * 1024 * 1024);
    assertThat(config.http().idleTimeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.dataDir()).isEqualTo(Path.of("/var/lib/amphi"));
    assertThat(config.publicUrl().orElseThrow()).hasToString("https://live.example.org");
    assertThat(config.cluster().members()).containsExactly("10.0.0.1:5701", "10.0.0.2:5701");
    assertThat(config.log().format()).isEqualTo(ServerConfig.LogFormat.JSON);
    assertThat(config.keys()).containsOnlyKeys("school");
  }

  @Test
  void theProgramsSizesAreChosenByTheBudgetOrByTheOperator() throws Exception {
    assertThat(read(Map.of(), Map.of()).composer().renditions()).isEmpty();
    assertThat(read(Map.of(), Map.of()).composer().encoder()).isEqualTo(EncoderChoice.AUTO);

    ServerConfig chosen =
        new ConfigSources(
                Map.of(),
                Map.of("AMPHI_COMPOSER_ENCODER", "openh264"),
                Optional.of(yaml("composer:\n  renditions: [360p, 1080p]\n")))
            .read();
    assertThat(chosen.composer().renditions()).contains(Ladder.of("1080p", "360p"));
    assertThat(chosen.composer().encoder()).isEqualTo(EncoderChoice.OPENH264);
    assertThat(
            read(Map.of(), Map.of("AMPHI_COMPOSER_RENDITIONS", "720p, 480p,360p"))
                .composer()
                .renditions())
        .contains(Ladder.of("720p", "480p", "360p"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"720p,540p", "4k", "720p,720p", "auto,720p", "720"})
  void aSizeThatThereIsNotIsRefusedInWords(String value) {
    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPHI_COMPOSER_RENDITIONS", value)))
        .hasMessage(
            "composer.renditions is '"
                + value
                + "' (AMPHI_COMPOSER_RENDITIONS), but it must be auto, or a list of 1080p, 720p,"
                + " 480p and 360p, each once at most.");
  }

  @Test
  void anEncoderThatThereIsNotIsRefusedInWords() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPHI_COMPOSER_ENCODER", "nvenc")))
        .hasMessage(
            "composer.encoder is 'nvenc' (AMPHI_COMPOSER_ENCODER), but it must be auto, x264 or"
                + " openh264.");
  }

  @Test
  void recordingsMayGoToABucket() throws Exception {
    assertThat(read(Map.of(), Map.of()).recordings().bucket()).isEmpty();
    ServerConfig.Recordings own =
        read(
                Map.of(
                    ConfigKey.RECORDING_S3_BUCKET,
                    "school",
                    ConfigKey.RECORDING_S3_PREFIX,
                    "amphi/node-1",
                    ConfigKey.RECORDING_S3_ENDPOINT,
                    "http://127.0.0.1:9000",
                    ConfigKey.RECORDING_LOCAL_COPY,
                    "drop"),
                Map.of())
            .recordings();
    assertThat(own.keepLocal()).isFalse();
    assertThat(own.bucket().orElseThrow())
        .isEqualTo(
            new ServerConfig.Bucket(
                "school",
                "amphi/node-1/",
                Optional.of(URI.create("http://127.0.0.1:9000")),
                "us-east-1",
                true,
                Optional.empty()));
    ServerConfig.Bucket amazons =
        read(Map.of(ConfigKey.RECORDING_S3_BUCKET, "school"), Map.of())
            .recordings()
            .bucket()
            .orElseThrow();
    assertThat(amazons.pathStyle()).isFalse();
    assertThat(amazons.prefix()).isEqualTo("amphi/");
  }

  @Test
  void turnNeedsItsWaysInAndASecret() throws Exception {
    ServerConfig config =
        read(
            Map.of(),
            Map.of(
                "AMPHI_TURN_URLS",
                "turn:turn.example.org:3478?transport=udp, turns:[2001:db8::1]:443?transport=tcp",
                "AMPHI_TURN_SECRET",
                "0123456789abcdef0123456789abcdef"));

    assertThat(config.turn().orElseThrow().urls())
        .containsExactly(
            "turn:turn.example.org:3478?transport=udp", "turns:[2001:db8::1]:443?transport=tcp");
    assertThat(config.turn().orElseThrow().ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(config.toString()).doesNotContain("0123456789abcdef");

    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPHI_TURN_URLS", "http://turn.example.org")))
        .hasMessageContaining("turn.urls is 'http://turn.example.org'");
    assertThatThrownBy(
            () -> read(Map.of(), Map.of("AMPHI_TURN_URLS", "turn:a", "AMPHI_TURN_SECRET", "short")))
        .hasMessageContaining("turn.secret")
        .hasMessageContaining("5 characters");
  }

  @Test
  void theFileMayBeNamedByTheEnvironmentAndKeysMayComeFromIt() throws Exception {
    Path file = yaml("http:\n  port: 81\n");

    ServerConfig config =
        read(
            Map.of(),
            Map.of(
                "AMPHI_CONFIG",
                file.toString(),
                "AMPHI_KEYS",
                "a:0123456789abcdef0123456789abcdef"));

    assertThat(config.http().port()).isEqualTo(81);
    assertThat(config.keys()).containsEntry("a", "0123456789abcdef0123456789abcdef");
  }

  @Test
  void anUnknownKeyIsNamedWithItsPlaceAndTheKeyThatWasMeant() throws Exception {
    Path file = yaml("http:\n  prot: 8080\n");

    assertThatThrownBy(() -> new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            file + " line 2, column 3: there is no key 'http.prot'; did you mean 'http.port'?");
  }

  @Test
  void aKeyLikeNoOtherListsTheKeys() throws Exception {
    Path file = yaml("colour: blue\n");

    assertThatThrownBy(() -> new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read())
        .hasMessageContaining("there is no key 'colour'; the keys are http.host, http.port");
  }

  @Test
  void aVariableThatIsASlipAwayFromASettingStopsTheStart() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPHI_HTTP_PROT", "1")))
        .hasMessage(
            "The environment has 'AMPHI_HTTP_PROT', which is no setting; did you mean"
                + " 'AMPHI_HTTP_PORT'?");
  }

  @Test
  void variablesOfTheLauncherAreLeftAlone() throws Exception {
    assertThat(read(Map.of(), Map.of("AMPHI_JAVA_OPTS", "-Xmx1g", "AMPHI_HOME", "/x"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | 80800 | http.port is '80800' (the command line), but it must be a port number",
        "HTTP_PORT | -1 | a port number from 0 to 65535",
        "MEDIA_PORT | ten | media.port is 'ten'",
        "MEDIA_ADDRESSES | 10.0.0.1,media.example.org | media.addresses is '10.0.0.1,media.example.org'",
        "MEDIA_ADDRESSES | 10.0.0.1.2 | media.addresses is '10.0.0.1.2'",
        "MEDIA_TCP | no | media.tcp is 'no'",
        "MEDIA_SESSIONS | 0 | media.sessions_per_room is '0'",
        "HTTP_HOST | a b | http.host is 'a b'",
        "HTTP_MAX_BODY | 64 | a size with its unit, as 64KiB or 2MiB",
        "HTTP_MAX_BODY | 64KB | http.max_body is '64KB'",
        "HTTP_IDLE_TIMEOUT | 10 | a time with its unit, as 500ms, 10s or 5m",
        "HTTP_IDLE_TIMEOUT | 0s | http.idle_timeout is '0s'",
        "PUBLIC_URL | live.example.org | public_url is 'live.example.org'",
        "PUBLIC_URL | https://live.example.org/a | a URL without a path",
        "TIME_ZONE | Berlin | time_zone is 'Berlin'",
        "CLUSTER_ENABLED | yes | true or false",
        "CLUSTER_MEMBERS | 10.0.0.1 | a list of host:port",
        "LOG_FORMAT | xml | auto, human or json",
        "RECORDING_S3_BUCKET | My_Bucket | recording.s3.bucket is 'My_Bucket'",
        "RECORDING_S3_PREFIX | a//b | words with a slash between them, as amphi/node-1",
        "RECORDING_S3_PATH_STYLE | yes | true or false",
        "RECORDING_LOCAL_COPY | away | keep or drop",
        "RECORDING_LOCAL_COPY | drop | keep as long as there is no recording.s3.bucket",
      })
  void aWrongValueIsNamedWithWhatToDo(ConfigKey key, String value, String said) {
    ConfigException refused =
        catchThrowableOfType(ConfigException.class, () -> read(Map.of(key, value), Map.of()));

    assertThat(refused.sentences()).singleElement().asString().contains(said);
  }

  @Test
  void theSchoolsLookIsChosen() throws Exception {
    ServerConfig plain = read(Map.of(), Map.of());
    assertThat(plain.language()).isEqualTo("en");
    assertThat(plain.logoCorner()).isEmpty();
    ServerConfig chosen =
        read(Map.of(), Map.of("AMPHI_LANGUAGE", "hi", "AMPHI_LOGO_CORNER", "bottom_right"));
    assertThat(chosen.language()).isEqualTo("hi");
    assertThat(chosen.logoCorner()).contains(Corner.BOTTOM_RIGHT);
    assertThatThrownBy(
            () -> read(Map.of(ConfigKey.LANGUAGE, "tlh", ConfigKey.LOGO_CORNER, "up"), Map.of()))
        .hasMessageContaining("must be one of en, de, fr, es, ar, hi, zh")
        .hasMessageContaining("must be none, top_left, top_right, bottom_left or bottom_right");
  }

  @Test
  void everythingWrongIsSaidAtOnce() {
    ConfigException refused =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                read(
                    Map.of(ConfigKey.HTTP_PORT, "x", ConfigKey.MEDIA_PORT, "y"),
                    Map.of("AMPHI_LOG_FORMAT", "z")));

    assertThat(refused.sentences()).hasSize(3);
  }

  @Test
  void aShortSecretIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> read(Map.of(), Map.of("AMPHI_KEYS", "a:hunter2")))
        .hasMessageContaining("keys.a (AMPHI_KEYS) has a secret of 7 characters")
        .hasMessageNotContaining("hunter2");
  }

  @Test
  void brokenYamlIsNamedWithItsPlace() throws Exception {
    Path file = yaml("http:\n  port: [1\n");

    assertThatThrownBy(() -> new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(file + " line ")
        .hasMessageContaining("not YAML that Amphi can read");
  }

  @Test
  void aMissingFileIsSaid() {
    Path file = folder.resolve("none.yaml");

    assertThatThrownBy(() -> new ConfigSources(Map.of(), Map.of(), Optional.of(file)).read())
        .hasMessage("The configuration file " + file + " is not there: check the path.");
  }

  private static ServerConfig read(Map<ConfigKey, String> flags, Map<String, String> environment)
      throws ConfigException {
    return new ConfigSources(flags, environment, Optional.empty()).read();
  }

  private Path yaml(String text) throws IOException {
    return Files.writeString(folder.resolve("amphi.yaml"), text);
  }
}
