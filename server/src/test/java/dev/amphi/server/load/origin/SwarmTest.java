package dev.amphi.server.load.origin;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SwarmTest {
  private record Answer(int status, long bytes) {}

  @Test
  void asksAgainOnTheSameConnectionAndCountsBodies() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = new byte[300_000];
          boolean there = exchange.getRequestURI().getPath().equals("/there");
          exchange.sendResponseHeaders(there ? 200 : 404, there ? body.length : 2);
          exchange.getResponseBody().write(body, 0, there ? body.length : 2);
          exchange.close();
        });
    server.start();
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    try (Swarm swarm = new Swarm(server.getAddress())) {
      swarm.execute(
          () ->
              swarm
                  .open(
                      (line, status, bytes, nowNanos) -> {
                        answers.add(new Answer(status, bytes));
                        if (status == 200) {
                          line.ask(request("/missing"));
                        }
                      })
                  .ask(request("/there")));
      assertThat(List.of(next(answers), next(answers)))
          .containsExactly(new Answer(200, 300_000), new Answer(404, 2));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void tellsThatNobodyIsThere() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }
    BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    try (Swarm swarm = new Swarm(nobody)) {
      swarm.execute(
          () ->
              swarm
                  .open((line, status, bytes, nowNanos) -> answers.add(new Answer(status, bytes)))
                  .ask(request("/")));
      assertThat(next(answers)).isEqualTo(new Answer(0, 0));
    }
  }

  private static Answer next(BlockingQueue<Answer> answers) throws InterruptedException {
    Answer answer = answers.poll(30, TimeUnit.SECONDS);
    assertThat(answer).isNotNull();
    return answer == null ? new Answer(-1, -1) : answer;
  }

  private static byte[] request(String path) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
