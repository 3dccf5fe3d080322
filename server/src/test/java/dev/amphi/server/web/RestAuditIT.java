package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the audit log says of somebody who asks for something and hangs up. */
@Timeout(60)
class RestAuditIT {
  private static final String BODY = "{\"live\":true}";

  private final Vertx vertx = Vertx.vertx();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final CompletableFuture<String> work = new CompletableFuture<>();
  private final CompletableFuture<RoutingContext> arrived = new CompletableFuture<>();
  private final CompletableFuture<Void> hungUp = new CompletableFuture<>();
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    Router router = Router.router(vertx);
    RestAudit.Log log =
        new RestAudit.Log() {
          @Override
          public void acted(
              String room, String actor, String role, String action, String target, String result) {
            lines.add(room + " " + action + " " + result);
          }

          @Override
          public void skipped() {}
        };
    new RestAudit(log, new AuditLimit()).mount(router);
    router.route().handler(BodyHandler.create(false));
    router
        .put("/api/rooms/:room/live")
        .handler(
            context -> {
              Routes.answer(context, 200, work, text -> text);
              arrived.complete(context);
            });
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
            .connectionHandler(
                connection -> connection.closeHandler(closed -> hungUp.complete(null)))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void askAndHangUp(String body, int announced, boolean arrives) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      write(
          socket,
          "PUT /api/rooms/maths/live HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + announced
              + "\r\n\r\n"
              + body);
      if (arrives) {
        arrived.get(30, TimeUnit.SECONDS);
      }
    }
    hungUp.get(30, TimeUnit.SECONDS);
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private void told(String line) {
    await().atMost(Duration.ofSeconds(20)).until(() -> !lines.isEmpty());
    assertThat(lines).containsExactly(line);
  }

  @Test
  void whatIsRefusedAfterItsSenderHungUpIsToldWithTheRefusalsCode() throws Exception {
    askAndHangUp(BODY, BODY.length(), true);
    assertThat(lines).as("before the outcome is known").isEmpty();
    work.completeExceptionally(
        new CompletionException(new Refusal(409, "bad_state", "The class is over.")));
    told("maths live on bad_state");
  }

  @Test
  void whatIsDoneAfterItsSenderHungUpIsToldAsDone() throws Exception {
    askAndHangUp(BODY, BODY.length(), true);
    assertThat(lines).as("before the outcome is known").isEmpty();
    work.complete("done");
    told("maths live on ok");
  }

  @Test
  void aRequestThatNeverCameWholeIsNotToldAsDone() throws Exception {
    askAndHangUp("{\"live\"", BODY.length(), false);
    work.completeExceptionally(new Refusal(409, "bad_state", "The class is over."));
    askAndHangUp(BODY, BODY.length(), true);
    // Only the second one is told of; nothing here turns a refusal into its status.
    told("maths live on 500");
  }
}
