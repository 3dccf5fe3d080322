package dev.amphi.server.load.sfu;

import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.load.BenchNode;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.token.ApiKey;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.OptionalDouble;

/** This node, with limits that let the whole load in. */
final class AmphiServer implements SfuServer {
  private static final String KEY = "bench";
  private static final int SECRET_BITS = 256;
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";

  private final BenchNode node;
  private final URI origin;
  private final ApiKey key;
  private final RtcClients clients;
  private final HttpClient http = HttpClient.newHttpClient();

  private AmphiServer(BenchNode node, URI origin, ApiKey key, RtcClients clients) {
    this.node = node;
    this.origin = origin;
    this.key = key;
    this.clients = clients;
  }

  /** Starts a node there; returns when it is ready. */
  static AmphiServer start(Path folder, Place place, RtcClients clients)
      throws LoadFailed, InterruptedException, IOException {
    ApiKey key =
        new ApiKey(KEY, new BigInteger(SECRET_BITS, new SecureRandom()).toString(16) + "0", false);
    Path config = folder.resolve("amphi.yaml");
    Files.writeString(config, config(key));
    BenchNode node =
        BenchNode.start(
            folder.resolve("data"),
            place.before(),
            List.of("--config", config.toString(), "--http-host", place.address()));
    return new AmphiServer(node, node.origin(), key, clients);
  }

  /** What differs from a node as it is delivered: the key, and how many may come from one place. */
  static String config(ApiKey key) {
    return """
        keys:
          %s: %s
        media:
          sessions_per_room: 10000
          offers_per_address: 100000
        """
        .formatted(key.id(), key.secret());
  }

  @Override
  public String name() {
    return "Amphi";
  }

  @Override
  public String version() {
    return "Amphi on Java " + Runtime.version();
  }

  @Override
  public long pid() {
    return node.pid();
  }

  @Override
  public OptionalDouble heapMib() throws LoadFailed, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return OptionalDouble.empty();
    }
    Shell.run(List.of(jcmd.toString(), Long.toString(pid()), "GC.run"));
    return OptionalDouble.of(heapBytes(metrics()) / (1 << 20));
  }

  private String metrics() throws LoadFailed, InterruptedException {
    try {
      return http.send(
              HttpRequest.newBuilder(origin.resolve("/metrics")).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new LoadFailed("The node's metrics cannot be read: " + e);
    }
  }

  /** The sum over the heap's pools in Prometheus' text. */
  static double heapBytes(String metrics) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(HEAP))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  @Override
  public SfuRoom room(String id, int publishers) throws LoadFailed, InterruptedException {
    return AmphiRoom.make(http, origin, key, id, clients);
  }

  @Override
  public void close() {
    node.close();
    http.shutdownNow();
  }
}
