package dev.amphi.server.load.sfu;

import dev.amphi.server.load.LoadFailed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of configuration for Janus: Debian's defaults, but the videoroom plugin and the
 * WebSocket transport alone, ICE lite (our client is the controlling side) and IPv4.
 */
final class JanusConfig {
  private static final Path LIBRARIES = Path.of("/usr/lib");

  private JanusConfig() {}

  /**
   * Writes the folder.
   *
   * @param eventLoops how many threads share the peer connections; 0 for one each, the default
   */
  static void write(Path folder, String address, int port, int eventLoops)
      throws LoadFailed, IOException {
    Path plugins = Files.createDirectories(folder.resolve("plugins"));
    Path transports = Files.createDirectories(folder.resolve("transports"));
    Path empty = Files.createDirectories(folder.resolve("none"));
    Path home = libraries();
    link(plugins, home.resolve("plugins/libjanus_videoroom.so"));
    link(transports, home.resolve("transports/libjanus_websockets.so"));
    Files.writeString(
        folder.resolve("janus.jcfg"), main(folder, plugins, transports, empty, eventLoops));
    Files.writeString(folder.resolve("janus.transport.websockets.jcfg"), webSockets(address, port));
    Files.writeString(folder.resolve("janus.plugin.videoroom.jcfg"), "general: {\n}\n");
  }

  static String main(Path folder, Path plugins, Path transports, Path empty, int eventLoops) {
    return """
        general: {
          configs_folder = "%s"
          plugins_folder = "%s"
          transports_folder = "%s"
          events_folder = "%s"
          loggers_folder = "%s"
          debug_level = 2
        %s}
        media: {
          ipv6 = false
        }
        nat: {
          nice_debug = false
          ice_lite = true
        }
        """
        .formatted(
            folder,
            plugins,
            transports,
            empty,
            empty,
            eventLoops == 0 ? "" : "  event_loops = " + eventLoops + "\n");
  }

  static String webSockets(String address, int port) {
    return """
        general: {
          json = "plain"
          ws = true
          ws_ip = "%s"
          ws_port = %d
          wss = false
        }
        admin: {
          admin_ws = false
        }
        """
        .formatted(address, port);
  }

  private static void link(Path folder, Path library) throws IOException {
    Files.createSymbolicLink(folder.resolve(library.getFileName()), library);
  }

  /** Debian keeps them below the machine's architecture. */
  private static Path libraries() throws LoadFailed, IOException {
    try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES, "*-linux-*")) {
      for (Path architecture : architectures) {
        if (Files.isDirectory(architecture.resolve("janus/plugins"))) {
          return architecture.resolve("janus");
        }
      }
    }
    throw new LoadFailed(
        "Janus is not installed: apt-get install janus, or measure this node alone with --only amphi.");
  }
}
