package dev.amphi.server.cli;

import dev.amphi.server.config.ConfigException;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ConfigSources;
import dev.amphi.server.config.ServerConfig;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DevelopmentKey;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a command that signs tokens: which key it signs them with. */
final class KeyOptions {
  @Option(names = "--data-dir", paramLabel = "DIR", description = "folder of the development key")
  private @Nullable String dataDir;

  @Option(names = "--config", paramLabel = "FILE", description = "YAML configuration file")
  private @Nullable Path config;

  @Option(names = "--key", paramLabel = "ID:SECRET", description = "sign with this API key")
  private @Nullable String key;

  /** The API key that was given, or the development key of the data folder. */
  ApiKey read(Map<String, String> environment) throws CommandFailed, ConfigException {
    if (key != null) {
      int colon = key.indexOf(':');
      if (colon < 1 || key.length() - colon - 1 < 32) {
        // The value holds a secret and is not repeated.
        throw new CommandFailed("--key must be ID:SECRET with a secret of 32 characters or more.");
      }
      return new ApiKey(key.substring(0, colon), key.substring(colon + 1), false);
    }
    Map<ConfigKey, String> flags = new EnumMap<>(ConfigKey.class);
    if (dataDir != null) {
      flags.put(ConfigKey.DATA_DIR, dataDir);
    }
    ServerConfig read = new ConfigSources(flags, environment, Optional.ofNullable(config)).read();
    try {
      return DevelopmentKey.in(read.dataDir(), new SecureRandom());
    } catch (IOException e) {
      throw new CommandFailed(
          "The development key of the data folder '"
              + read.dataDir()
              + "' cannot be read or made ("
              + e
              + "): choose the folder of the node with --data-dir.");
    }
  }
}
