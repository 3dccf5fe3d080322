package dev.amphi.packager.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.amphi.packager.RealProgram;
import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.node.PackagerNode;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Players that say how they are, over real HTTP. */
final class CmcdIT {
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<ViewerReport> heard = new CopyOnWriteArrayList<>();
  private Vertx vertx;
  private PackagerNode node;
  private String folder;

  @BeforeEach
  void start(@TempDir Path data) throws Exception {
    vertx = Vertx.vertx();
    node = PackagerNode.create(data.resolve("node"), Clock.systemUTC());
    Router router = Router.router(vertx);
    Handler<HttpServerRequest> requests =
        HlsHandler.mount(router, node, (room, token) -> true, request -> "somebody", heard::add);
    HttpServer server =
        vertx
            .createHttpServer(TestServer.options())
            .requestHandler(requests)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    Broadcast broadcast = node.open("demo", 1);
    RealProgram program = RealProgram.encode(data, 4);
    program.declare(broadcast, RealProgram.STARTS_AT);
    program.play(broadcast, 0, 4);
    String run = node.program("demo").orElseThrow().window().run();
    folder = "http://127.0.0.1:" + server.actualPort() + "/hls/demo/" + run + "/720p/";
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void headersAndAParameterAreHeardWithMediaAndChangeNoAnswer() throws Exception {
    byte[] plain = get("0.m4s").body();
    assertThat(heard).isEmpty();
    assertThat(get("0.m4s", "CMCD-Request", "bl=1300,mtp=4200", "CMCD-Status", "bs").body())
        .isEqualTo(plain);
    assertThat(get("1.0.m4s?CMCD=bl%3D900%2Csid%3D%22x%22").statusCode()).isEqualTo(200);
    assertThat(heard)
        .containsExactly(
            new ViewerReport(1_300, 4_200_000, true), new ViewerReport(900, -1, false));
  }

  @Test
  void aListIsAnsweredAsIfNothingHadBeenSaid() throws Exception {
    String list = new String(get("index.m3u8?CMCD=mtp%3D1%2Cbs").body(), StandardCharsets.UTF_8);
    assertThat(list).startsWith("#EXTM3U").doesNotContain("CMCD");
    assertThat(get("0.m4s?CMCD=bs&CMCD=bs").statusCode()).isEqualTo(200);
    assertThat(get("0.m4s?CMCD=%22%00").statusCode()).isEqualTo(200);
    assertThat(heard).isEmpty();
  }

  @Test
  void pagesOfOtherOriginsMaySayItInHeaders() throws Exception {
    HttpResponse<byte[]> preflight =
        client.send(
            HttpRequest.newBuilder(URI.create(folder + "0.m4s"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(preflight.headers().firstValue("access-control-allow-headers").orElse(""))
        .contains("CMCD-Request", "CMCD-Status");
  }

  private HttpResponse<byte[]> get(String file, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(folder + file));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
