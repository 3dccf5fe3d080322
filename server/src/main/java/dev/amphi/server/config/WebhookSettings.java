package dev.amphi.server.config;

import dev.amphi.server.webhook.WebhookEndpoint;
import dev.amphi.server.webhook.WebhookSecret;
import dev.amphi.server.webhook.WebhookTypes;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code webhooks.<name>.url, .secret} and {@code .events}, with names of the operator's choosing;
 * in the environment {@code AMPHI_WEBHOOKS_<NAME>_URL} and so on.
 */
final class WebhookSettings {
  static final String PREFIX = "webhooks.";
  static final String VARIABLE_PREFIX = "AMPHI_WEBHOOKS_";

  private static final Pattern PATH =
      Pattern.compile("webhooks\\.([a-z0-9][a-z0-9_-]{0,31})\\.(url|secret|events)");
  private static final Pattern VARIABLE =
      Pattern.compile("AMPHI_WEBHOOKS_([A-Z0-9][A-Z0-9_]{0,31})_(URL|SECRET|EVENTS)");

  private final Map<String, Setting> settings;
  private final List<String> wrong;

  WebhookSettings(Map<String, Setting> settings, List<String> wrong) {
    this.settings = settings;
    this.wrong = wrong;
  }

  /** Whether this can be one of these settings. */
  static boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  /** Takes those of the environment. */
  static void fromEnvironment(Map<String, String> environment, Map<String, Setting> merged) {
    environment.forEach(
        (variable, value) -> {
          Matcher name = VARIABLE.matcher(variable);
          if (name.matches()) {
            String path = (PREFIX + name.group(1) + "." + name.group(2)).toLowerCase(Locale.ROOT);
            merged.put(path, new Setting(path, List.of(value), variable));
          }
        });
  }

  List<WebhookEndpoint> endpoints() {
    Set<String> names = new TreeSet<>();
    settings
        .keySet()
        .forEach(
            path -> {
              Matcher found = PATH.matcher(path);
              if (found.matches()) {
                names.add(found.group(1));
              }
            });
    List<WebhookEndpoint> endpoints = new ArrayList<>();
    for (String name : names) {
      Optional<URI> url = url(name);
      List<WebhookSecret> secrets = secrets(name);
      Set<String> events = events(name);
      if (url.isPresent() && !secrets.isEmpty()) {
        endpoints.add(new WebhookEndpoint(name, url.get(), secrets, events));
      }
    }
    return endpoints;
  }

  private @Nullable Setting setting(String name, String what) {
    return settings.get(PREFIX + name + "." + what);
  }

  /** The URL may have a secret in it, and is not repeated. */
  private Optional<URI> url(String name) {
    Setting setting = setting(name, "url");
    try {
      URI url = new URI(setting == null ? "" : setting.text());
      String scheme = String.valueOf(url.getScheme());
      if ((scheme.equals("https") || scheme.equals("http"))
          && url.getHost() != null
          && url.getRawUserInfo() == null
          && url.getRawFragment() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException e) {
      // The sentence below says it.
    }
    refuse(
        name,
        "url",
        setting,
        "an http or https URL without a user, as https://school.example/hooks");
    return Optional.empty();
  }

  private List<WebhookSecret> secrets(String name) {
    Setting setting = setting(name, "secret");
    List<WebhookSecret> secrets = new ArrayList<>();
    for (String word : setting == null ? List.<String>of() : words(setting)) {
      Optional<WebhookSecret> secret = WebhookSecret.of(word);
      if (secret.isEmpty()) {
        secrets.clear();
        break;
      }
      secrets.add(secret.get());
    }
    if (secrets.isEmpty()) {
      refuse(
          name,
          "secret",
          setting,
          "whsec_ and 24 to 64 bytes in base64, as 'whsec_'$(openssl rand -base64 32); several with"
              + " blanks between while one takes the place of another");
    }
    return secrets;
  }

  private Set<String> events(String name) {
    Setting setting = setting(name, "events");
    Set<String> events = setting == null ? Set.of() : new LinkedHashSet<>(words(setting));
    for (String event : events) {
      if (!WebhookTypes.ALL.contains(event) && !WebhookTypes.KINDS.contains(event)) {
        List<String> known = new ArrayList<>(WebhookTypes.KINDS);
        known.addAll(WebhookTypes.ALL);
        wrong.add(
            PREFIX
                + name
                + ".events ("
                + origin(setting)
                + ") has '"
                + event
                + "', but it must be a list of "
                + String.join(", ", known)
                + ".");
        return Set.of();
      }
    }
    return events;
  }

  private static List<String> words(Setting setting) {
    return setting.values().stream()
        .flatMap(value -> List.of(value.strip().split("[\\s,]+", -1)).stream())
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private void refuse(String name, String what, @Nullable Setting setting, String rule) {
    wrong.add(PREFIX + name + "." + what + " (" + origin(setting) + ") must be " + rule + ".");
  }

  private static String origin(@Nullable Setting setting) {
    return setting == null ? "missing" : setting.origin();
  }
}
