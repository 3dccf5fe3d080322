package dev.amphi.server.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.cluster.memory.MemoryCluster;
import dev.amphi.cluster.node.NodeLoad;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two HTTP servers of one cluster: the second owns the room, the visitor asks the first. */
class OwnerProxyIT {
  private final Vertx vertx = Vertx.vertx();
  private final MemoryCluster.Memory memory = new MemoryCluster.Memory();
  private final HttpClient visitor = HttpClient.newHttpClient();

  /** What a slow owner heard of its visitor, the close code last. */
  private final List<String> reached = new CopyOnWriteArrayList<>();

  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private String first = "";
  private String second = "";

  @BeforeEach
  void startTwoNodes() throws Exception {
    first = start("a");
    second = start("b");
    await(new MemoryCluster(memory, "b").rooms().claim("algebra"));
  }

  @AfterEach
  void stop() throws Exception {
    await(vertx.close().toCompletionStage());
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private String start(String nodeId) throws Exception {
    MemoryCluster cluster = new MemoryCluster(memory, nodeId);
    Router router = Router.router(vertx);
    OwnerProxy.mount(router, vertx, cluster, System::nanoTime);
    router.route("/ws").handler(context -> context.request().toWebSocket().onSuccess(this::echo));
    router
        .route("/api/rooms/:room")
        .handler(BodyHandler.create())
        .handler(
            context ->
                context
                    .response()
                    .putHeader("Answered-By", nodeId)
                    .setStatusCode(context.body().length() > 0 ? 201 : 200)
                    .end(
                        context.body().length() > 0
                            ? context.body().buffer()
                            : Buffer.buffer(nodeId)));
    HttpServer server =
        await(
            vertx
                .createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage());
    String url = "http://127.0.0.1:" + server.actualPort();
    cluster.nodes().publish(url, NodeLoad.IDLE);
    return url;
  }

  private void echo(ServerWebSocket socket) {
    if (socket.uri().contains("slow")) {
      readSlowly(socket);
      return;
    }
    // An owner may speak first, as one that is stopping does, and hang up at once.
    if (socket.uri().contains("greeting")) {
      socket.writeTextMessage("first");
      socket.writeTextMessage("second");
    }
    if (socket.uri().contains("leaving")) {
      socket.close((short) 4003, "removed");
      return;
    }
    socket.textMessageHandler(
        text -> {
          if (text.equals("bye")) {
            socket.close((short) 4003, "removed");
          } else {
            socket.writeTextMessage("echo " + text);
          }
        });
  }

  private void readSlowly(ServerWebSocket socket) {
    socket.pause();
    socket.fetch(1);
    socket.textMessageHandler(
        text -> {
          reached.add(text.substring(0, text.indexOf(' ')));
          vertx.setTimer(1, ignored -> socket.fetch(1));
        });
    socket.endHandler(
        ignored -> {
          reached.add(Short.toString(socket.closeStatusCode()));
          ended.complete(null);
        });
  }

  private HttpResponse<String> get(String url) throws Exception {
    return visitor.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  @Test
  void aRoomOfAnotherNodeIsAnsweredByItsOwner() throws Exception {
    assertThat(get(first + "/api/rooms/algebra?x=1").headers().firstValue("Answered-By"))
        .contains("b");
    assertThat(get(second + "/api/rooms/algebra").headers().firstValue("Answered-By"))
        .contains("b");
  }

  @Test
  void aRoomThatNobodyOwnsIsAnsweredHere() throws Exception {
    assertThat(get(first + "/api/rooms/geometry").headers().firstValue("Answered-By"))
        .contains("a");
  }

  @Test
  void aBodyOfAMegabyteArrivesWhole() throws Exception {
    String body = "0123456789abcdef".repeat(65_536);
    HttpResponse<String> answer =
        visitor.send(
            HttpRequest.newBuilder(URI.create(first + "/api/rooms/algebra"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo(body);
  }

  @Test
  void anOwnerThatDoesNotAnswerIsAProblemInWords() throws Exception {
    new MemoryCluster(memory, "b").nodes().publish("http://127.0.0.1:1", NodeLoad.IDLE);

    HttpResponse<String> answer = get(first + "/api/rooms/algebra");

    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("try again", "\"code\":\"unavailable\"");
  }

  private WebSocket open(String query, WebSocket.Listener listener) throws Exception {
    URI uri = URI.create(first.replace("http", "ws") + "/ws?room=algebra&" + query);
    return await(visitor.newWebSocketBuilder().buildAsync(uri, listener));
  }

  /** What a visitor heard until the socket was closed, the close code last. */
  private List<String> heard(String query, boolean saysBye) throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    CompletableFuture<Void> over = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket from, CharSequence data, boolean last) {
            heard.add(data.toString());
            from.request(1);
            return null;
          }

          @Override
          public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
            heard.add(Integer.toString(code));
            over.complete(null);
            return null;
          }
        };
    WebSocket socket = open(query, listener);
    if (saysBye) {
      await(socket.sendText("bye", true));
    }
    await(over);
    return heard;
  }

  @Test
  void whatTheOwnerSaysAtOnceIsHeard() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(heard("greeting", true)).containsExactly("first", "second", "4003");
    }
  }

  @Test
  void anOwnerThatSpeaksAndHangsUpAtOnceIsHeardToTheEnd() throws Exception {
    for (int i = 0; i < 50; i++) {
      assertThat(heard("greeting&leaving", false)).containsExactly("first", "second", "4003");
      assertThat(heard("leaving", false)).containsExactly("4003");
    }
  }

  @Test
  void whatAVisitorSaysBeforeItHangsUpReachesASlowOwner() throws Exception {
    WebSocket socket = open("slow", new WebSocket.Listener() {});
    List<String> said = new ArrayList<>();
    String long60KiB = " ".repeat(60 * 1024);
    for (int i = 0; i < 300; i++) {
      await(socket.sendText(i + long60KiB, true));
      said.add(Integer.toString(i));
    }
    await(socket.sendClose(4000, "enough"));
    said.add("4000");

    await(ended);

    assertThat(reached).containsExactlyElementsOf(said);
  }

  @Test
  void aSocketIsPassedOnWithItsCloseCode() throws Exception {
    CompletableFuture<String> echoed = new CompletableFuture<>();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket =
        await(
            visitor
                .newWebSocketBuilder()
                .buildAsync(
                    URI.create(first.replace("http", "ws") + "/ws?room=algebra"),
                    new WebSocket.Listener() {
                      @Override
                      public CompletionStage<?> onText(
                          WebSocket from, CharSequence data, boolean last) {
                        echoed.complete(data.toString());
                        from.request(1);
                        return CompletableFuture.completedFuture(null);
                      }

                      @Override
                      public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                        closed.complete(code);
                        return CompletableFuture.completedFuture(null);
                      }
                    }));
    await(socket.sendText("hello", true));
    assertThat(await(echoed)).isEqualTo("echo hello");
    await(socket.sendText("bye", true));
    assertThat(await(closed)).isEqualTo(4003);
  }
}
