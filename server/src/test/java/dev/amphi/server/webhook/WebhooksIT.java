package dev.amphi.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server on a real socket that behaves, and one that does not. */
class WebhooksIT {
  private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
  private static final RetryPlan SOON =
      new RetryPlan(Duration.ofMillis(40), Duration.ofMillis(200), Duration.ofDays(36_500));
  private static final WebhookSecret SECRET =
      WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").orElseThrow();

  private record Heard(String line, Map<String, String> headers, String body) {}

  /** What the server does with its next request. */
  private interface Manner {
    void answer(Socket socket) throws IOException;
  }

  private final Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final Deque<Manner> manners = new ArrayDeque<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket server;

  WebhooksIT(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void listen() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private void serve() {
    try {
      while (true) {
        Socket socket = server.accept();
        open.add(socket);
        Thread.ofVirtual().start(() -> handle(socket));
      }
    } catch (IOException e) {
      // Closed: the test is over.
    }
  }

  private void handle(Socket socket) {
    try {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      String line = in.readLine();
      if (line == null) {
        return;
      }
      Map<String, String> headers = new ConcurrentHashMap<>();
      String header;
      while ((header = in.readLine()) != null && !header.isEmpty()) {
        int colon = header.indexOf(':');
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      char[] body = new char[Integer.parseInt(headers.getOrDefault("content-length", "0"))];
      for (int at = 0; at < body.length; ) {
        at += in.read(body, at, body.length - at);
      }
      Manner manner;
      synchronized (manners) {
        manner = manners.isEmpty() ? status("204 No Content", "") : manners.remove();
      }
      heard.add(new Heard(line, headers, new String(body)));
      manner.answer(socket);
    } catch (IOException e) {
      // The sender hung up, as it may.
    }
  }

  private static Manner status(String status, String more) {
    return socket -> {
      try (socket) {
        socket
            .getOutputStream()
            .write(
                ("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n" + more + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      }
    };
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** An answer that never ends. */
  private static void talkOn(Socket socket) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(
        "HTTP/1.1 200 OK\r\nContent-Length: 1099511627776\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII));
    byte[] much = new byte[65_536];
    while (true) {
      out.write(much);
    }
  }

  private Webhooks webhooks() throws IOException {
    WebhookEndpoint endpoint =
        new WebhookEndpoint(
            "school",
            URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hooks?from=amphi"),
            List.of(SECRET),
            Set.of());
    return Webhooks.open(
        vertx, folder, List.of(endpoint), Clock.systemUTC(), WebhookCounters.NONE, SOON, 500);
  }

  private void behave(Manner... next) {
    synchronized (manners) {
      manners.addAll(List.of(next));
    }
  }

  private static WebhookStatus status(Webhooks webhooks) {
    return webhooks.status().toCompletableFuture().join().getFirst();
  }

  private static void tell(Webhooks webhooks, int number) {
    webhooks.tell("class.live", AT, new JsonObject().put("n", number));
  }

  @Test
  void anEventComesAsStandardWebhooksHasIt() throws Exception {
    try (Webhooks webhooks = webhooks()) {
      tell(webhooks, 1);
      await().until(() -> heard.size() == 1 && status(webhooks).waiting() == 0);
      Heard one = heard.getFirst();
      assertThat(one.line()).isEqualTo("POST /hooks?from=amphi HTTP/1.1");
      assertThat(new JsonObject(one.body()))
          .isEqualTo(
              new JsonObject()
                  .put("type", "class.live")
                  .put("timestamp", "2026-11-21T10:00:00Z")
                  .put("data", new JsonObject().put("n", 1)));
      long timestamp = Long.parseLong(String.valueOf(one.headers().get("webhook-timestamp")));
      assertThat(one.headers())
          .containsEntry("content-type", "application/json")
          .containsEntry(
              "webhook-signature",
              SECRET.sign(
                  String.valueOf(one.headers().get("webhook-id")),
                  timestamp,
                  one.body().getBytes(StandardCharsets.UTF_8)));
      assertThat(status(webhooks).lastResult()).isEqualTo("204");
    }
  }

  @Test
  void isTriedUntilItArrivesWhateverTheServerDoes() throws Exception {
    behave(
        status("500 Internal Server Error", ""),
        WebhooksIT::reset,
        socket -> {}, // Takes the request, and is silent for ever.
        socket ->
            socket.getOutputStream().write("HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII)),
        socket -> {
          try (socket) {
            socket.getOutputStream().write("What?\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
          }
        },
        status("302 Found", "Location: http://127.0.0.1:" + server.getLocalPort() + "/trap\r\n"),
        status("429 Too Many Requests", "Retry-After: 999999\r\n"));
    try (Webhooks webhooks = webhooks()) {
      tell(webhooks, 1);
      await().atMost(Duration.ofSeconds(30)).until(() -> heard.size() == 8);
      await().until(() -> status(webhooks).waiting() == 0);
      assertThat(heard).extracting(Heard::line).containsOnly("POST /hooks?from=amphi HTTP/1.1");
      assertThat(heard)
          .extracting(one -> one.headers().get("webhook-id"))
          .containsOnly(heard.getFirst().headers().get("webhook-id"));
      assertThat(status(webhooks).failing()).isZero();
    }
  }

  @Test
  void anAnswerCountsByItsHeadHoweverLongItGoesOn() throws Exception {
    behave(WebhooksIT::talkOn);
    try (Webhooks webhooks = webhooks()) {
      tell(webhooks, 1);
      await().until(() -> status(webhooks).lastResult().equals("200"));
      assertThat(status(webhooks).waiting()).isZero();
    }
  }

  @Test
  void oneThatFailsHoldsUpNoOther() throws Exception {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Webhooks webhooks =
            Webhooks.open(
                vertx,
                folder,
                List.of(
                    new WebhookEndpoint(
                        "deaf",
                        URI.create("http://127.0.0.1:" + deaf.getLocalPort()),
                        List.of(SECRET),
                        Set.of()),
                    new WebhookEndpoint(
                        "school",
                        URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"),
                        List.of(SECRET),
                        Set.of("class.*"))),
                Clock.systemUTC(),
                WebhookCounters.NONE,
                RetryPlan.STANDARD,
                15_000)) {
      for (int i = 0; i < 50; i++) {
        tell(webhooks, i);
        webhooks.tell("stage.left", AT, new JsonObject());
      }
      await().until(() -> heard.size() == 50);
      assertThat(heard).noneMatch(one -> one.body().contains("stage.left"));
      List<WebhookStatus> all = webhooks.status().toCompletableFuture().join();
      assertThat(all.getFirst().waiting()).isEqualTo(100);
    }
  }

  @Test
  void whatDidNotArriveComesFromTheNextRun() throws Exception {
    try (Webhooks webhooks = webhooks()) {
      server.close();
      tell(webhooks, 1);
      tell(webhooks, 2);
    }
    try (var files = Files.list(folder.resolve("school"))) {
      assertThat(files).hasSize(2);
    }
    listen();
    try (Webhooks webhooks = webhooks()) {
      await().until(() -> heard.size() == 2 && status(webhooks).waiting() == 0);
      assertThat(heard).extracting(Heard::body).anyMatch(body -> body.contains("\"n\":2"));
    }
    try (var files = Files.list(folder.resolve("school"))) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whoSaysGoneIsLeftAloneUntilEnabled() throws Exception {
    behave(status("410 Gone", ""));
    try (Webhooks webhooks = webhooks()) {
      tell(webhooks, 1);
      await().until(() -> !status(webhooks).enabled());
      tell(webhooks, 2);
      assertThat(webhooks.enable("nobody", true).toCompletableFuture().join()).isFalse();
      assertThat(webhooks.enable("school", true).toCompletableFuture().join()).isTrue();
      tell(webhooks, 3);
      await().until(() -> heard.size() == 2);
      assertThat(heard.getLast().body()).contains("\"n\":3");
    }
  }
}
