package dev.amphi.server.config;

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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** Single settings, checked: what is wrong becomes a sentence each, and anything for a value. */
final class CheckedSettings {
  private static final Pattern ADDRESS =
      Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

  private final Map<String, Setting> settings;
  private final List<String> wrong;

  CheckedSettings(Map<String, Setting> settings, List<String> wrong) {
    this.settings = settings;
    this.wrong = wrong;
  }

  Setting setting(ConfigKey key) {
    return Objects.requireNonNull(settings.get(key.path()));
  }

  void refuse(Setting setting, String rule) {
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

  String host(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().isEmpty() || setting.text().contains(" ")) {
      refuse(setting, "a host name or an IP address, as 127.0.0.1 or 0.0.0.0");
    }
    return setting.text();
  }

  int port(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().matches("\\d{1,5}") && Integer.parseInt(setting.text()) <= 65_535) {
      return Integer.parseInt(setting.text());
    }
    refuse(setting, "a port number from 0 to 65535");
    return 0;
  }

  double processors(ConfigKey key) {
    Setting setting = setting(key);
    if (!setting.text().matches("\\d{1,3}(\\.\\d{1,2})?")) {
      refuse(setting, "a number of processors, as 1.5, or 0 for all there are");
      return 1;
    }
    double processors = Double.parseDouble(setting.text());
    return processors == 0 ? Runtime.getRuntime().availableProcessors() : processors;
  }

  int count(ConfigKey key) {
    Setting setting = setting(key);
    if (setting.text().matches("[1-9]\\d{0,5}")) {
      return Integer.parseInt(setting.text());
    }
    refuse(setting, "a number from 1 to 999999");
    return 0;
  }

  /** Literals only: what a name means may change, and answers could not tell. */
  List<InetAddress> addresses(ConfigKey key) {
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

  List<AddressRange> ranges(ConfigKey key) {
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

  boolean flag(ConfigKey key) {
    Setting setting = setting(key);
    if (!setting.text().equals("true") && !setting.text().equals("false")) {
      refuse(setting, "true or false");
    }
    return setting.text().equals("true");
  }

  long bytes(ConfigKey key) {
    Setting setting = setting(key);
    Optional<Long> bytes = Units.bytes(setting.text()).filter(amount -> amount > 0);
    if (bytes.isEmpty()) {
      refuse(setting, "a size with its unit, as 64KiB or 2MiB");
    }
    return bytes.orElse(0L);
  }

  Duration duration(ConfigKey key) {
    Setting setting = setting(key);
    Optional<Duration> duration =
        Units.duration(setting.text()).filter(length -> length.isPositive());
    if (duration.isEmpty()) {
      refuse(setting, "a time with its unit, as 500ms, 10s or 5m");
    }
    return duration.orElse(Duration.ZERO);
  }

  Optional<Path> file(ConfigKey key) {
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

  Optional<URI> url(ConfigKey key) {
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

  ZoneId zone() {
    Setting setting = setting(ConfigKey.TIME_ZONE);
    try {
      return setting.text().isEmpty() ? ZoneId.systemDefault() : ZoneId.of(setting.text());
    } catch (DateTimeException e) {
      refuse(setting, "a time zone, as Europe/Berlin or UTC");
      return ZoneId.systemDefault();
    }
  }
}
