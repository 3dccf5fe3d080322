package dev.amphi.server.node;

import dev.amphi.server.config.ConfigKey;
import dev.amphi.server.config.ConfigSources;
import dev.amphi.server.token.ApiKey;
import dev.amphi.server.token.DisplayName;
import dev.amphi.server.token.RoomToken;
import dev.amphi.server.token.TokenSigner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
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
    flags.put(ConfigKey.COMPOSER_RENDITIONS, "720p,360p"); // whatever the machine has time for
    flags.putAll(settings);
    return AmphiNode.start(new ConfigSources(flags, Map.of(), Optional.empty()).read());
  }

  /** Two nodes of one cluster, with their data in folders below; the second's is {@code b}. */
  public static List<AmphiNode> startTwo(Path folder) throws Exception {
    Pair pair = Pair.in(folder);
    return List.of(pair.first(), pair.second());
  }

  /** Two nodes of one cluster, each of which may be started again where it was. */
  record Pair(Path folder, int firstPort, int secondPort) {
    static Pair in(Path folder) throws IOException {
      return new Pair(folder, freePort(), freePort());
    }

    AmphiNode first() throws Exception {
      return start(folder.resolve("a"), member(firstPort, secondPort));
    }

    AmphiNode second() throws Exception {
      return start(folder.resolve("b"), member(secondPort, firstPort));
    }
  }

  private static Map<ConfigKey, String> member(int own, int other) {
    return Map.of(
        ConfigKey.CLUSTER_ENABLED,
        "true",
        ConfigKey.CLUSTER_PORT,
        Integer.toString(own),
        ConfigKey.CLUSTER_MEMBERS,
        "127.0.0.1:" + own + ",127.0.0.1:" + other);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
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
