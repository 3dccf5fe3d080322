package dev.amphi.server.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that come one behind the other on a connection, before they are answered. */
class PipelinedIT {
  private static final int MANY = 100_000;
  private static final long SHORTEST_ANSWER = 200;
  private static final String REQUEST = "GET /hls/time HTTP/1.1\r\nHost: amphi\r\n\r\n";

  private AmphiNode node;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    node = TestNodes.start(folder);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096);
    socket.connect(
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), URI.create(node.origin()).getPort()));
    return socket;
  }

  @Test
  @Timeout(60)
  void aFewAreAnsweredInOrder() throws Exception {
    try (Socket socket = connect()) {
      String last = REQUEST.replace("amphi\r\n", "amphi\r\nConnection: close\r\n");
      socket
          .getOutputStream()
          .write((REQUEST.repeat(20) + last).getBytes(StandardCharsets.ISO_8859_1));
      String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(22);
    }
  }

  @Test
  @Timeout(60)
  void whoAsksOnAndOnAndReadsNothingIsCutOff() throws Exception {
    try (Socket socket = connect()) {
      ask(socket.getOutputStream());
      assertThat(read(socket.getInputStream())).as("bytes").isLessThan(MANY * SHORTEST_ANSWER / 2);
    }
  }

  /** Asks until it is stopped. */
  private static void ask(OutputStream out) {
    byte[] hundred = REQUEST.repeat(100).getBytes(StandardCharsets.ISO_8859_1);
    try {
      for (int asked = 0; asked < MANY; asked += 100) {
        out.write(hundred);
      }
    } catch (IOException cutOff) {
      assertThat(cutOff).hasMessageMatching("(?i).*(broken pipe|connection reset).*");
    }
  }

  /** How much still comes, until the connection's end. */
  private static long read(InputStream in) {
    long read = 0;
    byte[] some = new byte[65_536];
    try {
      for (int count = in.read(some); count >= 0; count = in.read(some)) {
        read += count;
      }
    } catch (IOException cutOff) {
      return read;
    }
    return read;
  }
}
