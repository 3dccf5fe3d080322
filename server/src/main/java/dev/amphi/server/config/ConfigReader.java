package dev.amphi.server.config;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.codec.EncoderChoice;
import dev.amphi.composer.scene.Words;
import dev.amphi.server.config.ServerConfig.LogFormat;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns merged settings into a checked configuration; what is wrong becomes a sentence each. */
final class ConfigReader {
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+:\\d{1,5}");

  /** RFC 7065; a host name, an IPv4 address or a bracketed IPv6 address. */
  private static final Pattern TURN =
      Pattern.compile(
          "turns?:([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?(\\?transport=(udp|tcp))?");

  private static final int SHORTEST_SECRET = 32;

  private final Map<String, Setting> settings;
  private final List<String> wrong;
  private final CheckedSettings checked;

  ConfigReader(Map<String, Setting> settings, List<String> wrong) {
    this.settings = settings;
    this.wrong = wrong;
    this.checked = new CheckedSettings(settings, wrong);
  }

  ServerConfig config() {
    return new ServerConfig(
        new ServerConfig.Http(
            checked.host(ConfigKey.HTTP_HOST),
            checked.port(ConfigKey.HTTP_PORT),
            checked.bytes(ConfigKey.HTTP_MAX_BODY),
            checked.duration(ConfigKey.HTTP_IDLE_TIMEOUT),
            checked.ranges(ConfigKey.HTTP_TRUSTED_PROXIES),
            edgeKey()),
        new ServerConfig.Media(
            checked.port(ConfigKey.MEDIA_PORT),
            checked.addresses(ConfigKey.MEDIA_ADDRESSES),
            checked.flag(ConfigKey.MEDIA_TCP),
            checked.count(ConfigKey.MEDIA_SESSIONS),
            checked.count(ConfigKey.MEDIA_OFFERS),
            checked.flag(ConfigKey.MEDIA_CLIENT_STATS)),
        turn(),
        dataDir(),
        checked.url(ConfigKey.PUBLIC_URL),
        checked.zone(),
        language(),
        checked.file(ConfigKey.LOGO),
        corner(),
        new ServerConfig.Composing(
            checked.processors(ConfigKey.COMPOSER_CPU_BUDGET),
            renditions(ConfigKey.COMPOSER_RENDITIONS),
            encoder(ConfigKey.COMPOSER_ENCODER)),
        new RecordingReader(checked).recordings(),
        new ServerConfig.Pushing(
            checked.count(ConfigKey.PUSH_MAX_PER_ROOM),
            checked.flag(ConfigKey.PUSH_ALLOW_PRIVATE),
            checked.file(ConfigKey.PUSH_CA_FILE)),
        new ServerConfig.Cluster(
            checked.flag(ConfigKey.CLUSTER_ENABLED),
            checked.host(ConfigKey.CLUSTER_HOST),
            checked.port(ConfigKey.CLUSTER_PORT),
            members(),
            checked.url(ConfigKey.CLUSTER_HTTP_URL)),
        new ServerConfig.Log(logFormat()),
        apiKeys(),
        new WebhookSettings(settings, wrong).endpoints());
  }

  private Optional<Ladder> renditions(ConfigKey key) {
    Setting setting = checked.setting(key);
    List<String> ids = setting.list();
    if (ids.equals(List.of("auto"))) {
      return Optional.empty();
    }
    boolean known = ids.stream().allMatch(id -> Ladder.step(id).isPresent());
    if (ids.isEmpty() || !known || ids.stream().distinct().count() < ids.size()) {
      checked.refuse(setting, "auto, or a list of 1080p, 720p, 480p and 360p, each once at most");
      return Optional.empty();
    }
    return Optional.of(Ladder.of(ids.toArray(String[]::new)));
  }

  private EncoderChoice encoder(ConfigKey key) {
    Setting setting = checked.setting(key);
    for (EncoderChoice choice : EncoderChoice.values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(setting.text())) {
        return choice;
      }
    }
    checked.refuse(setting, "auto, x264 or openh264");
    return EncoderChoice.AUTO;
  }

  private String edgeKey() {
    Setting setting = checked.setting(ConfigKey.HTTP_EDGE_KEY);
    if (!setting.text().isEmpty() && setting.text().length() < SHORTEST_SECRET) {
      tooShort(setting);
    }
    return setting.text();
  }

  private Optional<ServerConfig.Turn> turn() {
    List<String> urls = checked.setting(ConfigKey.TURN_URLS).list();
    String secret = checked.setting(ConfigKey.TURN_SECRET).text();
    Duration ttl = checked.duration(ConfigKey.TURN_TTL);
    if (urls.isEmpty()) {
      return Optional.empty();
    }
    if (urls.stream().anyMatch(url -> !TURN.matcher(url).matches())) {
      checked.refuse(
          checked.setting(ConfigKey.TURN_URLS),
          "a list of TURN URLs, as [turn:turn.example.org:3478?transport=udp,"
              + " turns:turn.example.org:443?transport=tcp]");
      return Optional.empty();
    }
    if (secret.length() < SHORTEST_SECRET) {
      tooShort(checked.setting(ConfigKey.TURN_SECRET));
      return Optional.empty();
    }
    return Optional.of(new ServerConfig.Turn(urls, secret, ttl));
  }

  private Path dataDir() {
    Setting setting = checked.setting(ConfigKey.DATA_DIR);
    try {
      if (!setting.text().isEmpty()) {
        return Path.of(setting.text()).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // The sentence below says it.
    }
    checked.refuse(setting, "the path of a folder");
    return Path.of("");
  }

  private String language() {
    Setting setting = checked.setting(ConfigKey.LANGUAGE);
    if (!Words.LANGUAGES.contains(setting.text())) {
      checked.refuse(setting, "one of " + String.join(", ", Words.LANGUAGES));
    }
    return setting.text();
  }

  private Optional<Corner> corner() {
    Setting setting = checked.setting(ConfigKey.LOGO_CORNER);
    for (Corner corner : Corner.values()) {
      if (corner.name().toLowerCase(Locale.ROOT).equals(setting.text())) {
        return Optional.of(corner);
      }
    }
    if (!setting.text().equals("none")) {
      checked.refuse(setting, "none, top_left, top_right, bottom_left or bottom_right");
    }
    return Optional.empty();
  }

  private List<String> members() {
    Setting setting = checked.setting(ConfigKey.CLUSTER_MEMBERS);
    for (String member : setting.list()) {
      if (!MEMBER.matcher(member).matches()) {
        checked.refuse(setting, "a list of host:port, as [10.0.0.1:5701, 10.0.0.2:5701]");
        return List.of();
      }
    }
    return setting.list();
  }

  private LogFormat logFormat() {
    Setting setting = checked.setting(ConfigKey.LOG_FORMAT);
    for (LogFormat format : LogFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(setting.text())) {
        return format;
      }
    }
    checked.refuse(setting, "auto, human or json");
    return LogFormat.AUTO;
  }

  /** The value is a secret and is not repeated. */
  private void tooShort(Setting setting) {
    wrong.add(
        setting.path()
            + " ("
            + setting.origin()
            + ") has a secret of "
            + setting.text().length()
            + " characters, but it must have at least "
            + SHORTEST_SECRET
            + ".");
  }

  private Map<String, String> apiKeys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (Setting setting : settings.values()) {
      if (setting.path().startsWith(ConfigKey.KEYS_PREFIX)) {
        String id = setting.path().substring(ConfigKey.KEYS_PREFIX.length());
        if (setting.text().length() < SHORTEST_SECRET) {
          tooShort(setting);
        } else {
          keys.put(id, setting.text());
        }
      }
    }
    return Map.copyOf(keys);
  }
}
