package dev.amphi.server.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node in a process of its own, on free ports, and what that process and its composers use. */
public final class BenchNode implements AutoCloseable {
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 10;
  private static final String READY = "AMPHI READY ";

  private final Process process;
  private final CompletableFuture<URI> origin = new CompletableFuture<>();

  private BenchNode(Process process) {
    this.process = process;
  }

  /** Starts {@code amphi run} on loopback with this process's Java and class path. */
  static BenchNode start(Path dataDir) throws LoadFailed {
    return start(dataDir, List.of(), List.of());
  }

  /**
   * Starts {@code amphi run} with this process's Java and class path.
   *
   * @param before the words of a command that starts another in its own process, as {@code taskset}
   * @param options further options of {@code run}
   */
  public static BenchNode start(Path dataDir, List<String> before, List<String> options)
      throws LoadFailed {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.amphi.server.cli.Main");
    command.addAll(List.of("run", "--http-port", "0", "--media-port", "0"));
    command.addAll(List.of("--data-dir", dataDir.toString()));
    command.addAll(options);
    try {
      BenchNode node = new BenchNode(new ProcessBuilder(command).redirectErrorStream(true).start());
      Thread.ofVirtual().name("bench-node").start(node::read);
      return node;
    } catch (IOException e) {
      throw new LoadFailed("The node's process cannot be started: " + e);
    }
  }

  /** Reads to the end, so that the node never waits for its log. */
  private void read() {
    String last = "";
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = line;
        if (line.startsWith(READY)) {
          origin.complete(URI.create(line.substring(READY.length()).strip()));
        }
      }
    } catch (IOException e) {
      last = e.toString();
    }
    origin.completeExceptionally(new LoadFailed("The node ended: " + last));
  }

  /** Where it is, once it is ready. */
  public URI origin() throws LoadFailed, InterruptedException {
    try {
      return origin.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new LoadFailed(String.valueOf(e.getCause()));
    } catch (TimeoutException e) {
      throw new LoadFailed("The node was not ready within " + START_SECONDS + " s.");
    }
  }

  /** The node's process. */
  public long pid() {
    return process.pid();
  }

  /** What the node itself used until now. */
  Optional<ProcessUsage> node() {
    return ProcessUsage.of(process.pid());
  }

  /** What its composer used until now; empty while there is none. */
  Optional<ProcessUsage> composer() {
    return process.descendants().findFirst().flatMap(child -> ProcessUsage.of(child.pid()));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
