package dev.amphi.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where settings come from, the strongest first: flags, the environment's {@code AMPHI_*}, a YAML
 * file, the defaults.
 *
 * @param flags by dotted key, as {@code http.port → 8081}
 * @param environment the process's environment
 * @param file the YAML file, or empty for none
 */
public record ConfigSources(
    Map<ConfigKey, String> flags, Map<String, String> environment, Optional<Path> file) {

  /** The variable that names the YAML file where no flag does. */
  public static final String FILE_VARIABLE = "AMPHI_CONFIG";

  /** The variable with API keys, as {@code school:secret,other:secret}. */
  public static final String KEYS_VARIABLE = "AMPHI_KEYS";

  /** Reads, merges and checks; throws with a sentence for each thing that is wrong. */
  public ServerConfig read() throws ConfigException {
    Map<String, Setting> merged = new LinkedHashMap<>();
    List<String> wrong = new ArrayList<>();
    for (ConfigKey key : ConfigKey.values()) {
      merged.put(key.path(), new Setting(key.path(), List.of(key.fallback()), "the default"));
    }
    fromFile(merged, wrong);
    fromEnvironment(merged, wrong);
    flags.forEach(
        (key, value) ->
            merged.put(key.path(), new Setting(key.path(), List.of(value), "the command line")));
    ServerConfig config = new ConfigReader(merged, wrong).config();
    if (!wrong.isEmpty()) {
      throw new ConfigException(wrong);
    }
    return config;
  }

  private void fromFile(Map<String, Setting> merged, List<String> wrong) throws ConfigException {
    Optional<Path> path =
        file.or(() -> Optional.ofNullable(environment.get(FILE_VARIABLE)).map(Path::of));
    if (path.isEmpty()) {
      return;
    }
    for (Setting setting : YamlSettings.parse(text(path.get()), path.get().toString())) {
      boolean named =
          setting.path().startsWith(ConfigKey.KEYS_PREFIX)
              || WebhookSettings.isPath(setting.path());
      if (named || ConfigKey.paths().contains(setting.path())) {
        merged.put(setting.path(), setting);
      } else {
        wrong.add(unknown(setting));
      }
    }
  }

  private static String unknown(Setting setting) {
    return setting.origin()
        + ": there is no key '"
        + setting.path()
        + "'"
        + Nearest.to(setting.path(), ConfigKey.paths(), 1 + setting.path().length() / 3)
            .map(near -> "; did you mean '" + near + "'?")
            .orElse("; the keys are " + String.join(", ", ConfigKey.paths()) + ".");
  }

  private static String text(Path path) throws ConfigException {
    try {
      return Files.readString(path, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          List.of("The configuration file " + path + " is not there: check the path."));
    } catch (IOException e) {
      throw new ConfigException(
          List.of(
              "The configuration file "
                  + path
                  + " cannot be read ("
                  + e.getClass().getSimpleName()
                  + "): it must be a readable UTF-8 file."));
    }
  }

  /**
   * Variables that are no setting belong to the launcher or to tests and are left alone, but one
   * that is a slip away from a setting stops the start like an unknown key does.
   */
  private void fromEnvironment(Map<String, Setting> merged, List<String> wrong) {
    List<String> known =
        Stream.concat(
                Arrays.stream(ConfigKey.values()).map(ConfigKey::variable),
                Stream.of(FILE_VARIABLE, KEYS_VARIABLE))
            .toList();
    apiKeys(merged, wrong);
    WebhookSettings.fromEnvironment(environment, merged);
    for (ConfigKey key : ConfigKey.values()) {
      String value = environment.get(key.variable());
      if (value != null) {
        merged.put(key.path(), new Setting(key.path(), List.of(value), key.variable()));
      }
    }
    environment.keySet().stream()
        .filter(name -> name.startsWith("AMPHI_") && !known.contains(name))
        .filter(name -> !name.startsWith(WebhookSettings.VARIABLE_PREFIX))
        .sorted()
        .forEach(
            name ->
                Nearest.to(name, known, 2)
                    .ifPresent(
                        near ->
                            wrong.add(
                                "The environment has '"
                                    + name
                                    + "', which is no setting; did you mean '"
                                    + near
                                    + "'?")));
  }

  private void apiKeys(Map<String, Setting> merged, List<String> wrong) {
    for (String pair : environment.getOrDefault(KEYS_VARIABLE, "").split(",", -1)) {
      int colon = pair.indexOf(':');
      if (colon > 0) {
        String path = ConfigKey.KEYS_PREFIX + pair.substring(0, colon).strip();
        merged.put(path, new Setting(path, List.of(pair.substring(colon + 1)), KEYS_VARIABLE));
      } else if (!pair.isBlank()) {
        wrong.add(KEYS_VARIABLE + " has an entry without a colon: write id:secret,id:secret.");
      }
    }
  }
}
