package dev.amphi.server.load.origin;

import dev.amphi.server.load.Distribution;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import dev.amphi.server.load.hls.LiveList;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Very many reloads that wait for the same segment: what they hold, and how they are let go. */
final class WaitingRun {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final String HEAP = "jvm_memory_used_bytes{area=\"heap\"";
  private static final int TRIES = 5;

  private final BenchClass live;
  private final int count;

  /** Confined to the swarm's thread while it runs. */
  private final List<Line> lines = new ArrayList<>();

  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private volatile Distribution after = new Distribution();
  private long firstNanos;

  WaitingRun(BenchClass live, int count) {
    this.live = live;
    this.count = count;
  }

  /**
   * What came of it.
   *
   * @param waited how many waited at once when the heap was looked at
   * @param heapMib what the node's heap had more than before they came, collected both times
   * @param connectionsMib what of it the open connections alone had
   * @param residentMib what its process had more
   * @param afterFirst milliseconds from the first answer's last byte to each one's
   */
  record Result(
      long waited,
      double heapMib,
      double connectionsMib,
      double residentMib,
      Distribution.Summary afterFirst,
      long refused) {}

  Result measure() throws LoadFailed, InterruptedException, IOException {
    double before = heap();
    double residentBefore = resident();
    try (Swarm swarm = new Swarm(live.address())) {
      URI list = live.lists().getFirst();
      connect(swarm, list);
      double connected = heap();
      for (int i = 0; i < TRIES; i++) {
        Result result = park(swarm, list, before, connected, residentBefore);
        if (result.waited() == count) {
          return result;
        }
      }
      throw new LoadFailed(count + " reloads never waited all at once.");
    }
  }

  private void connect(Swarm swarm, URI list) throws LoadFailed, InterruptedException {
    // A few hundred at a time: a listening socket's queue holds no more.
    for (int from = 0; from < count; from += 500) {
      int to = Math.min(count, from + 500);
      long want = to;
      swarm.await(
          () -> {
            for (int i = lines.size(); i < want; i++) {
              Line line = swarm.open(this::answer);
              lines.add(line);
              line.ask(request(list, ""));
            }
          });
      until("the connections stand", () -> answered.get() >= want);
    }
  }

  private Result park(Swarm swarm, URI list, double before, double connected, double residentBefore)
      throws LoadFailed, InterruptedException, IOException {
    LiveList now = live.list(list);
    // A segment begins: there is nearly all of it and the next one to come.
    now = live.list(URI.create(list + "?_HLS_msn=" + now.nextMsn()));
    long wanted = now.nextMsn() + 1;
    byte[] request = request(list, "?_HLS_msn=" + wanted);
    swarm.await(
        () -> {
          answered.set(0);
          refused.set(0);
          firstNanos = 0;
          after = new Distribution();
          lines.forEach(line -> line.ask(request));
        });
    until("they wait", () -> live.metric("amphi_hls_waiting") >= count || answered.get() > 0);
    double heap = heap();
    double resident = resident();
    long waited = answered.get() > 0 ? 0 : count;
    until("all are answered", () -> answered.get() >= count);
    return new Result(
        waited,
        heap - before,
        connected - before,
        resident - residentBefore,
        after.summary(),
        refused.get());
  }

  private void answer(Line line, int status, long bytes, long nowNanos) {
    if (status != 200) {
      refused.incrementAndGet();
    }
    if (firstNanos == 0) {
      firstNanos = nowNanos;
    }
    after.add((nowNanos - firstNanos) / 1e6);
    answered.incrementAndGet();
  }

  private interface Condition {
    boolean holds() throws LoadFailed, InterruptedException;
  }

  private static void until(String what, Condition condition)
      throws LoadFailed, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new LoadFailed("It took more than a minute until " + what + ".");
      }
      Thread.sleep(20);
    }
  }

  static byte[] request(URI list, String query) {
    return ("GET "
            + list.getRawPath()
            + query
            + " HTTP/1.1\r\nHost: "
            + list.getAuthority()
            + "\r\nAccept-Encoding: gzip\r\n\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private double heap() throws LoadFailed, InterruptedException, IOException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    if (!Files.isExecutable(jcmd)) {
      return Double.NaN;
    }
    Process collect =
        new ProcessBuilder(jcmd.toString(), Long.toString(live.pid()), "GC.run")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    collect.waitFor();
    return live.metric(HEAP) / (1 << 20);
  }

  private double resident() {
    return ProcessUsage.of(live.pid()).map(ProcessUsage::residentMib).orElse(Double.NaN);
  }
}
