package dev.amphi.server.load.sfu;

import dev.amphi.server.load.LoadFailed;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** Janus with its videoroom plugin. */
final class JanusServer implements SfuServer {
  private static final int PORT = 8188;
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final long RETRY_MILLIS = 100;
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final Vertx vertx;
  private final String address;
  private final int eventLoops;
  private final AtomicLong rooms = new AtomicLong();

  private JanusServer(Process process, Vertx vertx, String address, int eventLoops) {
    this.process = process;
    this.vertx = vertx;
    this.address = address;
    this.eventLoops = eventLoops;
  }

  /**
   * Starts Janus there; returns when it answers.
   *
   * @param eventLoops how many threads share the peer connections; 0 for one each, the default
   */
  static JanusServer start(Path folder, Place place, Vertx vertx, int eventLoops)
      throws LoadFailed, InterruptedException, IOException {
    JanusConfig.write(folder, place.address(), PORT, eventLoops);
    List<String> command = new ArrayList<>(place.before());
    command.addAll(List.of("janus", "--configs-folder=" + folder, "--disable-colors"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("janus.log").toFile())
            .start();
    JanusServer server = new JanusServer(process, vertx, place.address(), eventLoops);
    server.awaitReady(folder);
    return server;
  }

  private void awaitReady(Path folder) throws LoadFailed, InterruptedException {
    long deadline = System.nanoTime() + START_NANOS;
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      try {
        await(JanusApi.open(vertx, address, PORT)).close();
        return;
      } catch (LoadFailed notYet) {
        Thread.sleep(RETRY_MILLIS);
      }
    }
    close();
    throw new LoadFailed("Janus did not start; see " + folder.resolve("janus.log") + ".");
  }

  static <T> T await(CompletionStage<T> stage) throws LoadFailed, InterruptedException {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new LoadFailed(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new LoadFailed("Janus did not answer within " + PATIENCE_SECONDS + " s.");
    }
  }

  @Override
  public String name() {
    return "Janus";
  }

  @Override
  public String version() throws LoadFailed, InterruptedException {
    try (JanusApi api = await(JanusApi.open(vertx, address, PORT))) {
      String threads =
          eventLoops == 0 ? "a thread for each peer connection" : eventLoops + " event loops";
      return "Janus " + await(api.info()).getString("version_string") + ", " + threads;
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public OptionalDouble heapMib() {
    return OptionalDouble.empty();
  }

  @Override
  public SfuRoom room(String id, int publishers) throws LoadFailed, InterruptedException {
    return await(
        JanusApi.open(vertx, address, PORT)
            .thenCompose(
                api ->
                    JanusRoom.make(api, rooms.incrementAndGet(), publishers)
                        .whenComplete(
                            (room, failure) -> {
                              if (failure != null) {
                                api.close();
                              }
                            })));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
