package dev.amphi.server.load.origin;

import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import dev.amphi.server.load.hls.LiveList;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A crowd that watches a live class with low latency, all on this machine. */
final class CrowdRun {
  /** PART-HOLD-BACK in parts: so far behind the edge they begin. */
  private static final int BEHIND = 5;

  /** So many come each tenth of a second. */
  private static final int AT_ONCE = 50;

  private static final long STEP_MILLIS = 100;
  private static final int SETTLE_SECONDS = 5;

  private final BenchClass live;
  private final int viewers;
  private final int seconds;

  CrowdRun(BenchClass live, int viewers, int seconds) {
    this.live = live;
    this.viewers = viewers;
    this.seconds = seconds;
  }

  /**
   * What they met while it was measured, when all were there.
   *
   * @param playing how many played
   * @param stalled how many stood still at least once
   * @param cpu CPU-seconds per second of the node's process
   * @param clientCpu of the viewers' own
   */
  record Result(
      int viewers,
      int playing,
      int stalled,
      long stalls,
      double stalledSeconds,
      long errors,
      double partsPerSecond,
      double megabitsPerSecond,
      double cpu,
      double clientCpu) {}

  Result measure() throws LoadFailed, InterruptedException, IOException {
    List<URI> lists = live.lists();
    Viewer.Tally tally = new Viewer.Tally();
    List<Viewer> crowd = new ArrayList<>();
    try (Swarm swarm = new Swarm(live.address())) {
      Requests requests = new Requests(lists);
      for (int come = 0; come < viewers; come += AT_ONCE) {
        int to = Math.min(viewers, come + AT_ONCE);
        List<Viewer.Start> starts = starts(lists);
        swarm.execute(
            () -> {
              while (crowd.size() < to) {
                crowd.add(new Viewer(swarm, requests, starts, tally));
              }
            });
        Thread.sleep(STEP_MILLIS);
      }
      Thread.sleep(SETTLE_SECONDS * 1_000L);
      swarm.await(tally::begin);
      double cpu = cpu(live.pid());
      double client = cpu(ProcessHandle.current().pid());
      long start = System.nanoTime();
      Thread.sleep(seconds * 1_000L);
      CompletableFuture<Result> result = new CompletableFuture<>();
      double took = (System.nanoTime() - start) / 1e9;
      double used = (cpu(live.pid()) - cpu) / took;
      double usedHere = (cpu(ProcessHandle.current().pid()) - client) / took;
      swarm.execute(
          () ->
              result.complete(
                  new Result(
                      viewers,
                      tally.playing,
                      tally.stalled,
                      tally.stalls,
                      tally.stalledNanos / 1e9,
                      tally.errors,
                      tally.parts / took,
                      tally.bytes * 8 / 1e6 / took,
                      used,
                      usedHere)));
      return result.join();
    }
  }

  private List<Viewer.Start> starts(List<URI> lists) throws LoadFailed, InterruptedException {
    List<Viewer.Start> starts = new ArrayList<>();
    for (URI address : lists) {
      LiveList list = live.list(address);
      List<URI> parts = list.parts();
      if (parts.size() < BEHIND) {
        throw new LoadFailed("The class has too few parts.");
      }
      URI first = parts.get(parts.size() - BEHIND);
      String name = first.getPath();
      String[] place = name.substring(name.lastIndexOf('/') + 1).split("\\.", -1);
      starts.add(new Viewer.Start(Long.parseLong(place[0]), Integer.parseInt(place[1]), BEHIND));
    }
    return starts;
  }

  private static double cpu(long pid) throws LoadFailed {
    return ProcessUsage.of(pid)
        .map(ProcessUsage::cpuSeconds)
        .orElseThrow(() -> new LoadFailed("The node's process is gone."));
  }
}
