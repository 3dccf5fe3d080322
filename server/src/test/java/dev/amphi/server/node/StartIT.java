package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.amphi.server.config.ConfigKey;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartIT {
  private final Path folder;

  StartIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aPortInUseIsSaid() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertThatThrownBy(() -> TestNodes.start(folder, Map.of(ConfigKey.HTTP_PORT, port)))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "http.port is "
                  + port
                  + ", which is in use on 127.0.0.1: stop the other program, or choose another port"
                  + " with --http-port.");
    }
  }

  @Test
  void aMediaPortInUseIsSaid() throws Exception {
    try (DatagramSocket other = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(other.getLocalPort());

      assertThatThrownBy(() -> TestNodes.start(folder, Map.of(ConfigKey.MEDIA_PORT, port)))
          .isInstanceOf(StartException.class)
          .hasMessage(
              "The media port "
                  + port
                  + " (UDP) is in use: stop the program that holds it, or choose another with"
                  + " --media-port.");
    }
  }

  @Test
  void aDataFolderThatIsAFileIsSaid() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");

    assertThatThrownBy(() -> TestNodes.start(file))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "data_dir is '"
                + file
                + "', which is a file: choose a folder that this user may write, with --data-dir.");
  }

  @Test
  void aDataFolderThatCannotBeMadeIsSaid() throws Exception {
    Path below = Files.writeString(folder.resolve("file"), "x").resolve("data");

    assertThatThrownBy(() -> TestNodes.start(below))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("data_dir is '" + below + "', which cannot be written");
  }

  @Test
  void aLogoThatIsNoneIsSaid() throws Exception {
    Path text = Files.writeString(folder.resolve("logo.png"), "no picture");

    assertThatThrownBy(() -> TestNodes.start(folder, Map.of(ConfigKey.LOGO, text.toString())))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "The logo " + text + " is neither PNG nor JPEG: name another file as 'logo', or none.");
  }

  @Test
  void anOpenAddressWithoutAKeyIsSaid() {
    assertThatThrownBy(() -> TestNodes.start(folder, Map.of(ConfigKey.HTTP_HOST, "0.0.0.0")))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("there is no API key: add one under 'keys'");
  }

  @Test
  void aStoppedNodeStartsAgainInTheSameFolderWithTheSameKey() throws Exception {
    String secret;
    try (AmphiNode first = TestNodes.start(folder)) {
      secret = first.keys().development().orElseThrow().secret();
    }
    try (AmphiNode second = TestNodes.start(folder)) {
      assertThat(second.keys().development().orElseThrow().secret()).isEqualTo(secret);
    }
  }
}
