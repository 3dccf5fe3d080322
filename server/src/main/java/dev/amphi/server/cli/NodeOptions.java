package dev.amphi.server.cli;

import dev.amphi.server.config.ConfigException;
import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ConfigSources;
import dev.amphi.server.config.ServerConfig;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of a command that starts a node. */
final class NodeOptions {
  @Option(names = "--config", paramLabel = "FILE", description = "YAML configuration file")
  private @Nullable Path config;

  @Option(names = "--http-host", paramLabel = "HOST", description = "address that HTTP listens on")
  private @Nullable String httpHost;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "TCP port of HTTP; 0 for a free one")
  private @Nullable String httpPort;

  @Option(
      names = "--media-port",
      paramLabel = "N",
      description = "UDP port of media; 0 for a free one")
  private @Nullable String mediaPort;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "folder of keys and recordings")
  private @Nullable String dataDir;

  @Option(names = "--public-url", paramLabel = "URL", description = "how people reach this node")
  private @Nullable String publicUrl;

  @Option(names = "--cluster-host", paramLabel = "HOST", description = "address for other members")
  private @Nullable String clusterHost;

  @Option(names = "--cluster-port", paramLabel = "N", description = "TCP port for other members")
  private @Nullable String clusterPort;

  @Option(
      names = "--cluster-member",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "another member; may be repeated; switches the cluster on")
  private @Nullable List<String> clusterMembers;

  @Option(names = "--log-format", paramLabel = "FORMAT", description = "auto, human or json")
  private @Nullable String logFormat;

  /** The configuration that these flags, the environment, the file and the defaults make. */
  ServerConfig read(Map<String, String> environment) throws ConfigException {
    Map<ConfigKey, String> flags = new EnumMap<>(ConfigKey.class);
    put(flags, ConfigKey.HTTP_HOST, httpHost);
    put(flags, ConfigKey.HTTP_PORT, httpPort);
    put(flags, ConfigKey.MEDIA_PORT, mediaPort);
    put(flags, ConfigKey.DATA_DIR, dataDir);
    put(flags, ConfigKey.PUBLIC_URL, publicUrl);
    put(flags, ConfigKey.CLUSTER_HOST, clusterHost);
    put(flags, ConfigKey.CLUSTER_PORT, clusterPort);
    put(flags, ConfigKey.LOG_FORMAT, logFormat);
    if (clusterMembers != null) {
      flags.put(ConfigKey.CLUSTER_MEMBERS, String.join(",", clusterMembers));
      flags.put(ConfigKey.CLUSTER_ENABLED, "true");
    }
    return new ConfigSources(flags, environment, Optional.ofNullable(config)).read();
  }

  private static void put(Map<ConfigKey, String> flags, ConfigKey key, @Nullable String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }
}
