package dev.amphi.interactive.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that says hello and then reads nothing any more (RFC 6455 by hand). */
final class DeafClient implements AutoCloseable {
  private final Socket socket = new Socket();

  DeafClient(URI uri) throws IOException {
    socket.setReceiveBufferSize(4096);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()));
    String request =
        """
        GET /ws HTTP/1.1\r
        Host: localhost\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
        Sec-WebSocket-Protocol: amphi.v1\r
        \r
        """;
    write(request.getBytes(StandardCharsets.US_ASCII));
    byte[] head = new byte[12];
    if (socket.getInputStream().readNBytes(head, 0, head.length) < head.length
        || !new String(head, StandardCharsets.US_ASCII).equals("HTTP/1.1 101")) {
      throw new IOException("not switched: " + new String(head, StandardCharsets.US_ASCII));
    }
  }

  void say(String text) throws IOException {
    write(frame(0x1, text.getBytes(StandardCharsets.UTF_8)));
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** A final frame with a mask of zeros; at most 125 bytes. */
  private static byte[] frame(int opcode, byte[] payload) {
    byte[] frame = new byte[6 + payload.length];
    frame[0] = (byte) (0x80 | opcode);
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
