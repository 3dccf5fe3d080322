package dev.amphi.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.amphi.interactive.api.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A body that never ends is not waited for. */
class SlideUploadTest {
  private final Vertx vertx = Vertx.vertx();

  /** Kept here: Vert.x closes a client that nobody refers to. */
  private final HttpClient client = vertx.createHttpClient();

  private final CompletableFuture<Throwable> outcome = new CompletableFuture<>();
  private Path pdf;
  private int port;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    pdf = folder.resolve("slides.pdf");
    Router router = Router.router(vertx);
    router
        .post("/")
        .handler(
            context -> {
              context.request().pause();
              SlideUpload.receive(context, pdf, Duration.ofMillis(500))
                  .onFailure(
                      failure -> {
                        outcome.complete(failure);
                        context.response().setStatusCode(408).end();
                      });
            });
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setStrictThreadMode(true))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    port = server.actualPort();
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void aBodyThatTricklesIsGivenUpInWords() throws Exception {
    HttpClientRequest request =
        client
            .request(HttpMethod.POST, port, "127.0.0.1", "/")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    request.setChunked(true);
    await()
        .until(
            () -> {
              request.write(Buffer.buffer("%"));
              return outcome.isDone();
            });

    assertThat(outcome.join())
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(408))
        .hasMessageContaining("did not arrive");
    assertThat(
            request
                .response()
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .statusCode())
        .isEqualTo(408);
  }
}
