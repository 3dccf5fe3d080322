package dev.amphi.server.load.origin;

import dev.amphi.interactive.api.TrackView;
import dev.amphi.server.load.BenchNode;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadPlan;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.LoadRun;
import dev.amphi.server.load.RoomTokens;
import dev.amphi.server.load.hls.Airing;
import dev.amphi.server.load.hls.Fetcher;
import dev.amphi.server.load.hls.LiveList;
import dev.amphi.server.token.DevelopmentKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A node with a live class of one teacher, small so that the machine is left to what is measured.
 */
final class BenchClass implements AutoCloseable {
  private static final String ROOM = "bench";
  private static final long AIRING_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final BenchNode node;
  private final URI origin;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Fetcher fetcher = new Fetcher(http);
  private @Nullable LoadRun run;

  private BenchClass(BenchNode node, URI origin) {
    this.node = node;
    this.origin = origin;
  }

  /** Starts a node and brings the class on air; returns when players could begin. */
  static BenchClass start(Path folder, String rendition, LoadProgress progress)
      throws LoadFailed, InterruptedException, IOException {
    BenchNode node =
        BenchNode.start(folder, List.of(), List.of("--config", config(folder, rendition)));
    BenchClass started = new BenchClass(node, node.origin());
    try {
      started.goLive(folder, progress);
      return started;
    } catch (LoadFailed | IOException | RuntimeException e) {
      started.close();
      throw e;
    }
  }

  private static String config(Path folder, String rendition) throws IOException {
    Path file = folder.resolveSibling(folder.getFileName() + ".yaml");
    return Files.writeString(file, "composer:\n  renditions: " + rendition + "\n").toString();
  }

  private void goLive(Path folder, LoadProgress progress)
      throws LoadFailed, InterruptedException, IOException {
    LoadPlan plan =
        new LoadPlan(
            origin,
            ROOM,
            1,
            0,
            0,
            Duration.ofHours(1),
            320,
            180,
            30,
            TrackView.Codec.VP8,
            LoadPlan.Air.YES,
            false);
    RoomTokens tokens =
        new RoomTokens(DevelopmentKey.in(folder, new SecureRandom()), ROOM, InstantSource.system());
    LoadRun live = new LoadRun(plan, tokens, progress);
    run = live;
    live.begin();
    long deadline = System.nanoTime() + AIRING_NANOS;
    while (!Airing.canStart(fetcher, program())) {
      if (System.nanoTime() - deadline > 0) {
        throw new LoadFailed("The program holds no media after a minute.");
      }
      Thread.sleep(200);
    }
  }

  /** The lists of the pictures and of the sound. */
  List<URI> lists() throws LoadFailed, InterruptedException {
    return LiveList.of(fetcher, program());
  }

  private URI program() {
    return origin.resolve("/hls/" + ROOM + "/index.m3u8");
  }

  /** Reads one of them. */
  LiveList list(URI address) throws LoadFailed, InterruptedException {
    return LiveList.read(fetcher, address);
  }

  /** What is at an address. */
  byte[] bytes(URI address) throws LoadFailed, InterruptedException {
    try {
      HttpResponse<byte[]> answer =
          http.send(
              HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new LoadFailed(address + " answered " + answer.statusCode() + ".");
      }
      return answer.body();
    } catch (IOException e) {
      throw new LoadFailed(address + " cannot be fetched: " + e.getMessage());
    }
  }

  /** A gauge of the node's, or the sum of those that begin so. */
  double metric(String begin) throws LoadFailed, InterruptedException {
    String text = new String(bytes(origin.resolve("/metrics")), StandardCharsets.UTF_8);
    return text.lines()
        .filter(line -> line.startsWith(begin))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  long pid() {
    return node.pid();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(origin.getHost(), origin.getPort());
  }

  @Override
  public void close() {
    if (run != null) {
      run.close();
    }
    node.close();
    http.shutdownNow();
  }
}
