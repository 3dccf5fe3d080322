package dev.amphi.server.config;

import dev.amphi.composer.api.Corner;
import dev.amphi.composer.api.Ladder;
import dev.amphi.composer.codec.EncoderChoice;
import dev.amphi.composer.scene.Words;
import dev.amphi.server.config.ServerConfig.LogFormat;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Turns merged settings into a checked configuration; what is wrong becomes a sentence each. */
final class ConfigReader {
  private static final Pattern MEMBER = Pattern.compile("[A-Za-z0-9.:\\[\\]_-]+:\\d{1,5}");

  /** RFC 7065; a host name, an IPv4 address or a bracketed IPv6 address. */
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private static final Pattern TURN =
      Pattern.compile(
          "turns?:([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?(\\?transport=(udp|tcp))?");

  private static final int SHORTEST_SECRET = 32;

  private final Map<String, Setting> settings;
  private final List<String> wrong;

  ConfigReader(Map<String, Setting> settings, List<String> wrong) {
    this.settings = settings;
    this.wrong = wrong;
  }

  ServerConfig config() {
    return new ServerConfig(
        new ServerConfig.Http(
            host(ConfigKey.HTTP_HOST),
            port(ConfigKey.HTTP_PORT),
            bytes(ConfigKey.HTTP_MAX_BODY),
            duration(ConfigKey.HTTP_IDLE_TIMEOUT),
            ranges(ConfigKey.HTTP_TRUSTED_PROXIES)),
        new ServerConfig.Media(
            port(ConfigKey.MEDIA_PORT),
            addresses(ConfigKey.MEDIA_ADDRESSES),
            flag(ConfigKey.MEDIA_TCP),
            count(ConfigKey.MEDIA_SESSIONS),
            count(ConfigKey.MEDIA_OFFERS),
            flag(ConfigKey.MEDIA_CLIENT_STATS)),
        turn(),
        dataDir(),
        url(ConfigKey.PUBLIC_URL),
        zone(),
        language(),
        file(ConfigKey.LOGO),
        corner(),
        new ServerConfig.Composing(
            processors(ConfigKey.COMPOSER_CPU_BUDGET),
            renditions(ConfigKey.COMPOSER_RENDITIONS),
            encoder(ConfigKey.COMPOSER_ENCODER)),
        new ServerConfig.Recordings(file(ConfigKey.RECORDING_MASTER_KEY_FILE), retention()),
        new ServerConfig.Cluster(
            flag(ConfigKey.CLUSTER_ENABLED),
            host(ConfigKey.CLUSTER_HOST),
            port(ConfigKey.CLUSTER_PORT),
            members(),
            url(ConfigKey.CLUSTER_HTTP_URL)),
        new ServerConfig.Log(logFormat()),
        apiKeys());
  }

  private Setting setting(ConfigKey key) {
    return Objects.requireNonNull(settings.get(key.path()));
  }

  private void refuse(Setting setting, String rule) {
    wrong.add(
        setting.path()
            + " is '"
            + setting.text()
            + "' ("
            + setting.origin()
            + "), but it must be "
            + rule
            + ".");
  }

  private String host(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().isEmpty() || setting.text().contains(" ")) {
      refuse(setting, "a host name or an IP address, as 127.0.0.1 or 0.0.0.0");
    }
    return setting.text();
  }

  private int port(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().matches("\\d{1,5}") && Integer.parseInt(setting.text()) <= 65_535) {
      return Integer.parseInt(setting.text());
    }
    refuse(setting, "a port number from 0 to 65535");
    return 0;
  }

  private double processors(ConfigKey key) {
    Setting setting = setting(key);
    if (!setting.text().matches("\\d{1,3}(\\.\\d{1,2})?")) {
      refuse(setting, "a number of processors, as 1.5, or 0 for all there are");
      return 1;
    }
    double processors = Double.parseDouble(setting.text());
    return processors == 0 ? Runtime.getRuntime().availableProcessors() : processors;
  }

  private Optional<Ladder> renditions(ConfigKey key) {
    Setting setting = setting(key);
    List<String> ids = setting.list();
    if (ids.equals(List.of("auto"))) {
      return Optional.empty();
    }
    boolean known = ids.stream().allMatch(id -> Ladder.step(id).isPresent());
    if (ids.isEmpty() || !known || ids.stream().distinct().count() < ids.size()) {
      refuse(setting, "auto, or a list of 1080p, 720p, 480p and 360p, each once at most");
      return Optional.empty();
    }
    return Optional.of(Ladder.of(ids.toArray(String[]::new)));
  }

  private EncoderChoice encoder(ConfigKey key) {
    Setting setting = setting(key);
    for (EncoderChoice choice : EncoderChoice.values()) {
      if (choice.name().toLowerCase(Locale.ROOT).equals(setting.text())) {
        return choice;
      }
    }
    refuse(setting, "auto, x264 or openh264");
    return EncoderChoice.AUTO;
  }

  private int count(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().matches("[1-9]\\d{0,5}")) {
      return Integer.parseInt(setting.text());
    }
    refuse(setting, "a number from 1 to 999999");
    return 0;
  }

  /** Literals only: what a name means may change, and answers could not tell. */
  private List<InetAddress> addresses(ConfigKey key) {
    Setting setting = setting(key);
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : setting.list()) {
      try {
        if (ADDRESS.matcher(literal).matches()) {
          addresses.add(InetAddress.getByName(literal));
          continue;
        }
      } catch (UnknownHostException e) {
        // Said below, as for anything else that is no address.
      }
      refuse(setting, "a list of IP addresses, as [203.0.113.7, 2001:db8::7]");
      return List.of();
    }
    return addresses;
  }

  private List<AddressRange> ranges(ConfigKey key) {
    Setting setting = setting(key);
    List<AddressRange> ranges = new ArrayList<>();
    for (String text : setting.list()) {
      Optional<AddressRange> range = AddressRange.parse(text);
      if (range.isEmpty()) {
        refuse(setting, "a list of networks, as [10.0.0.0/8, 2001:db8::/32]");
        return List.of();
      }
      ranges.add(range.get());
    }
    return ranges;
  }

  private boolean flag(ConfigKey key) {
    Setting setting = setting(key);
    if (!setting.text().equals("true") && !setting.text().equals("false")) {
      refuse(setting, "true or false");
    }
    return setting.text().equals("true");
  }

  private long bytes(ConfigKey key) {
    Setting setting = setting(key);
    Optional<Long> bytes = Units.bytes(setting.text()).filter(amount -> amount > 0);
    if (bytes.isEmpty()) {
      refuse(setting, "a size with its unit, as 64KiB or 2MiB");
    }
    return bytes.orElse(0L);
  }

  private Duration duration(ConfigKey key) {
    Setting setting = setting(key);
    Optional<Duration> duration =
        Units.duration(setting.text()).filter(length -> length.isPositive());
    if (duration.isEmpty()) {
      refuse(setting, "a time with its unit, as 500ms, 10s or 5m");
    }
    return duration.orElse(Duration.ZERO);
  }

  /** A day at least: what is erased does not come back. */
  private Duration retention() {
    Setting setting = setting(ConfigKey.RECORDING_RETENTION);
    if (setting.text().isEmpty()) {
      return Duration.ZERO;
    }
    Optional<Duration> length =
        Units.duration(setting.text()).filter(time -> time.compareTo(Duration.ofDays(1)) >= 0);
    if (length.isEmpty()) {
      refuse(setting, "at least one day, as 365d, or empty to keep recordings for ever");
    }
    return length.orElse(Duration.ZERO);
  }

  private Optional<ServerConfig.Turn> turn() {
    List<String> urls = setting(ConfigKey.TURN_URLS).list();
    String secret = setting(ConfigKey.TURN_SECRET).text();
    Duration ttl = duration(ConfigKey.TURN_TTL);
    if (urls.isEmpty()) {
      return Optional.empty();
    }
    if (urls.stream().anyMatch(url -> !TURN.matcher(url).matches())) {
      refuse(
          setting(ConfigKey.TURN_URLS),
          "a list of TURN URLs, as [turn:turn.example.org:3478?transport=udp,"
              + " turns:turn.example.org:443?transport=tcp]");
      return Optional.empty();
    }
    if (secret.length() < SHORTEST_SECRET) {
      tooShort(setting(ConfigKey.TURN_SECRET));
      return Optional.empty();
    }
    return Optional.of(new ServerConfig.Turn(urls, secret, ttl));
  }

  private Path dataDir() {
    Setting setting = setting(ConfigKey.DATA_DIR);
    try {
      if (!setting.text().isEmpty()) {
        return Path.of(setting.text()).toAbsolutePath().normalize();
      }
    } catch (InvalidPathException e) {
      // The sentence below says it.
    }
    refuse(setting, "the path of a folder");
    return Path.of("");
  }

  private Optional<Path> file(ConfigKey key) {
    Setting setting = setting(key);
    try {
      return setting.text().isEmpty()
          ? Optional.empty()
          : Optional.of(Path.of(setting.text()).toAbsolutePath().normalize());
    } catch (InvalidPathException e) {
      refuse(setting, "the path of a file");
      return Optional.empty();
    }
  }

  private Optional<URI> url(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(setting.text().replaceAll("/+$", ""));
      String scheme = String.valueOf(uri.getScheme());
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getRawPath().isEmpty()
          && uri.getRawQuery() == null) {
        return Optional.of(uri);
      }
    } catch (URISyntaxException e) {
      // The sentence below says it.
    }
    refuse(setting, "a URL without a path, as https://live.example.org");
    return Optional.empty();
  }

  private ZoneId zone() {
    Setting setting = setting(ConfigKey.TIME_ZONE);
    try {
      return setting.text().isEmpty() ? ZoneId.systemDefault() : ZoneId.of(setting.text());
    } catch (DateTimeException e) {
      refuse(setting, "a time zone, as Europe/Berlin or UTC");
      return ZoneId.systemDefault();
    }
  }

  private String language() {
    Setting setting = setting(ConfigKey.LANGUAGE);
    if (!Words.LANGUAGES.contains(setting.text())) {
      refuse(setting, "one of " + String.join(", ", Words.LANGUAGES));
    }
    return setting.text();
  }

  private Optional<Corner> corner() {
    Setting setting = setting(ConfigKey.LOGO_CORNER);
    for (Corner corner : Corner.values()) {
      if (corner.name().toLowerCase(Locale.ROOT).equals(setting.text())) {
        return Optional.of(corner);
      }
    }
    if (!setting.text().equals("none")) {
      refuse(setting, "none, top_left, top_right, bottom_left or bottom_right");
    }
    return Optional.empty();
  }

  private List<String> members() {
    Setting setting = setting(ConfigKey.CLUSTER_MEMBERS);
    for (String member : setting.list()) {
      if (!MEMBER.matcher(member).matches()) {
        refuse(setting, "a list of host:port, as [10.0.0.1:5701, 10.0.0.2:5701]");
        return List.of();
      }
    }
    return setting.list();
  }

  private LogFormat logFormat() {
    Setting setting = setting(ConfigKey.LOG_FORMAT);
    for (LogFormat format : LogFormat.values()) {
      if (format.name().toLowerCase(Locale.ROOT).equals(setting.text())) {
        return format;
      }
    }
    refuse(setting, "auto, human or json");
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
