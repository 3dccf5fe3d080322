package dev.amphi.server.node;

import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ConfigSources;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Nodes on free ports of loopback, and tokens for them. */
public final class TestNodes {
  private TestNodes() {}

  /** One node with its data in {@code folder}. */
  public static AmphiNode start(Path folder) throws Exception {
    return start(folder, Map.of());
  }

  /** One node, with more settings. */
  public static AmphiNode start(Path folder, Map<ConfigKey, String> settings) throws Exception {
    Map<ConfigKey, String> flags = new EnumMap<>(ConfigKey.class);
    flags.put(ConfigKey.HTTP_PORT, "0");
    flags.put(ConfigKey.MEDIA_PORT, "0");
    flags.put(ConfigKey.DATA_DIR, folder.toString());
    flags.putAll(settings);
    return AmphiNode.start(new ConfigSources(flags, Map.of(), Optional.empty()).read());
  }

  /** A token of the node's development key. */
  public static String token(AmphiNode node, String room, String role, String name) {
    return token(node, room, role, name, Duration.ofMinutes(15));
  }

  /** A token with a life of its own; a negative one has expired. */
  public static String token(AmphiNode node, String room, String role, String name, Duration life) {
    ApiKey key = node.keys().development().orElseThrow();
    Instant now = Instant.now();
    return TokenSigner.sign(
        key, new RoomToken(key.id(), DisplayName.id(name), name, room, role, now.plus(life)), now);
  }
}
