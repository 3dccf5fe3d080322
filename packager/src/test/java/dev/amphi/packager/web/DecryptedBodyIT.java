package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DecryptedBodyIT {
  private static final int LENGTH = 6_000_000;
  private static final int RECEIVE_BUFFER = 4_096;

  @Test
  @Timeout(60)
  void whoReadsSlowlyGetsEachByteOnce() throws Exception {
    byte[] movie = new byte[LENGTH];
    new Random(7).nextBytes(movie);
    AtomicInteger closed = new AtomicInteger();
    Vertx vertx = Vertx.vertx();
    try {
      HttpServer server =
          vertx
              .createHttpServer(TestServer.options())
              .requestHandler(
                  request -> {
                    request.response().putHeader("Content-Length", Integer.toString(LENGTH));
                    new DecryptedBody(
                            request,
                            (at, most) ->
                                ByteBuffer.wrap(
                                    Arrays.copyOfRange(
                                        movie, (int) at, (int) Math.min(LENGTH, at + most))),
                            closed::incrementAndGet,
                            new ByteRange(0, LENGTH - 1),
                            vertx::executeBlocking)
                        .send();
                  })
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
      byte[] answer = read(server.actualPort());
      int body = new String(answer, StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") + 4;
      assertThat(answer.length - body).isEqualTo(LENGTH);
      assertThat(Arrays.equals(answer, body, answer.length, movie, 0, LENGTH)).isTrue();
      assertThat(closed).hasValue(1);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
  }

  /** Through a window so small that the server waits again and again. */
  private static byte[] read(int port) throws Exception {
    try (Socket socket = new Socket()) {
      socket.setReceiveBufferSize(RECEIVE_BUFFER);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket
          .getOutputStream()
          .write(
              "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return in.readAllBytes();
    }
  }
}
