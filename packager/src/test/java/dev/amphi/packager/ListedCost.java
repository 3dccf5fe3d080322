package dev.amphi.packager;

import dev.amphi.packager.api.Broadcast;
import dev.amphi.packager.node.PackagerLimits;
import dev.amphi.packager.node.PackagerNode;
import dev.amphi.packager.web.HlsHandler;
import dev.amphi.packager.web.TestServer;
import dev.amphi.packager.web.ViewerMeter;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Measures how long it takes from the coded sample that makes a part whole, in the hands of the
 * packager, until a player that waited for the part has the last byte of the list that has it; over
 * HTTP on this machine, at the pace of a class. Run by hand: {@code java -cp …
 * dev.amphi.packager.ListedCost [seconds]}.
 */
final class ListedCost {
  private static final double FRAMES_PER_SECOND = 30;
  private static final int WARM_UP = 20;
  private static final Pattern HINT =
      Pattern.compile("#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"(\\d+)\\.(\\d+)\\.m4s\"");

  private final List<Double> millis = new ArrayList<>();
  private volatile long handedNanos;
  private volatile boolean over;

  private ListedCost() {}

  /** Plays a class of so many seconds. */
  public static void main(String[] args) throws Exception {
    new ListedCost().run(args.length > 0 ? Integer.parseInt(args[0]) : 60);
  }

  private void run(int seconds) throws Exception {
    Path folder = Files.createTempDirectory("amphi-listed");
    RealProgram program = RealProgram.encode(folder, seconds);
    Vertx vertx = Vertx.vertx();
    PackagerNode node =
        PackagerNode.create(folder, Clock.systemUTC(), System::nanoTime, PackagerLimits.standard());
    Router router = Router.router(vertx);
    Handler<HttpServerRequest> requests =
        HlsHandler.mount(router, node, (room, token) -> true, request -> "one", ViewerMeter.NONE);
    HttpServer server =
        vertx
            .createHttpServer(TestServer.options())
            .requestHandler(requests)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
    Broadcast broadcast = node.open("demo", 1);
    program.declare(broadcast, RealProgram.STARTS_AT);
    String list =
        "http://127.0.0.1:"
            + server.actualPort()
            + "/hls/demo/"
            + node.program("demo").orElseThrow().window().run()
            + "/720p/index.m3u8";
    program.play(broadcast, 0, 3.2);
    Thread player = Thread.ofPlatform().start(() -> wait(list));
    long begin = System.nanoTime();
    for (int frame = 96; frame < seconds * FRAMES_PER_SECOND; frame++) {
      LockSupport.parkNanos(
          begin + (long) ((frame - 96) * 1e9 / FRAMES_PER_SECOND) - System.nanoTime());
      handedNanos = System.nanoTime();
      program.play(broadcast, frame / FRAMES_PER_SECOND, (frame + 1) / FRAMES_PER_SECOND);
    }
    over = true;
    broadcast.close();
    player.join();
    report();
    node.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** Asks for each next part as soon as the one before is listed. */
  private void wait(String list) {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String text = get(client, list);
      while (!over) {
        Matcher hint = HINT.matcher(text);
        if (!hint.find()) {
          throw new IllegalStateException("no hint in " + text);
        }
        text = get(client, list + "?_HLS_msn=" + hint.group(1) + "&_HLS_part=" + hint.group(2));
        millis.add((System.nanoTime() - handedNanos) / 1e6);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String get(HttpClient client, String address)
      throws IOException, InterruptedException {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void report() {
    List<Double> warm =
        millis.subList(Math.min(WARM_UP, millis.size()), millis.size()).stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "%d parts: median %.1f ms, 95th percentile %.1f ms, worst %.1f ms%n",
        warm.size(),
        warm.get(warm.size() / 2),
        warm.get(warm.size() * 95 / 100),
        warm.getLast());
  }
}
