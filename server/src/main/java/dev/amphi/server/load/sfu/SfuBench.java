package dev.amphi.server.load.sfu;

import dev.amphi.interactive.client.RtcClients;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.LoadProgress;
import dev.amphi.server.load.Machine;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures the servers in turn (A B A B …) with each load, all on this machine, with one load
 * client. A round before the first is thrown away: it warms the compilers up.
 */
public final class SfuBench {
  private static final int SERVER_CORE = 0;
  private static final int CLIENT_CORE = 1;
  private static final int WARM_UP = 50;

  private final SfuPlan plan;
  private final LoadProgress progress;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Set<String> notes = new LinkedHashSet<>();
  private int rooms;

  public SfuBench(SfuPlan plan, LoadProgress progress) {
    this.plan = plan;
    this.progress = progress;
  }

  /** Measures; when the process is ended meanwhile, servers and namespaces go with it. */
  public SfuReport run() throws LoadFailed, InterruptedException, IOException {
    Thread hook = new Thread(this::closeAll, "sfu-cleanup");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      return measured();
    } finally {
      closeAll();
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }

  private SfuReport measured() throws LoadFailed, InterruptedException, IOException {
    String busyBefore = Machine.loadAverage();
    if (plan.namespaces()) {
      Place.pinSelf(CLIENT_CORE);
      opened(Backlog.lengthen());
    }
    Path folder = Files.createTempDirectory("amphi-sfu");
    opened(() -> delete(folder));
    Vertx vertx = Vertx.vertx();
    opened(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    RtcClients clients = opened(new RtcClients(vertx, 1));
    Map<SfuPlan.Peer, SfuServer> servers = servers(folder, vertx, clients);
    List<String> versions = new ArrayList<>();
    for (SfuServer server : servers.values()) {
      versions.add(server.version());
    }
    List<SfuSample> samples = samples(servers, clients);
    return new SfuReport(
        versions,
        List.of(
            Machine.text(),
            "load average " + busyBefore + " before, " + Machine.loadAverage() + " after"),
        samples,
        List.copyOf(notes));
  }

  private Map<SfuPlan.Peer, SfuServer> servers(Path folder, Vertx vertx, RtcClients clients)
      throws LoadFailed, InterruptedException, IOException {
    Map<SfuPlan.Peer, SfuServer> servers = new LinkedHashMap<>();
    if (plan.peers().contains(SfuPlan.Peer.JANUS)) {
      progress.step("Janus starts …");
      Path own = Files.createDirectories(folder.resolve("janus"));
      Place place = place('a');
      servers.put(
          SfuPlan.Peer.JANUS, opened(JanusServer.start(own, place, vertx, plan.janusEventLoops())));
    }
    if (plan.peers().contains(SfuPlan.Peer.AMPHI)) {
      progress.step("the node starts …");
      Path own = Files.createDirectories(folder.resolve("amphi"));
      servers.put(SfuPlan.Peer.AMPHI, opened(AmphiServer.start(own, place('b'), clients)));
    }
    return servers;
  }

  private Place place(char letter) throws LoadFailed, InterruptedException {
    return opened(
        plan.namespaces() ? Place.namespace(letter, SERVER_CORE, CLIENT_CORE) : Place.loopback());
  }

  private List<SfuSample> samples(Map<SfuPlan.Peer, SfuServer> servers, RtcClients clients)
      throws LoadFailed, InterruptedException {
    Map<SfuPlan.Peer, OptionalDouble> idleHeap = new LinkedHashMap<>();
    List<SfuPlan.Load> loads = plan.loads();
    for (Map.Entry<SfuPlan.Peer, SfuServer> entry : servers.entrySet()) {
      SfuPlan.Load first = loads.getFirst();
      SfuPlan.Load warm = new SfuPlan.Load(first.stage(), Math.min(first.size(), WARM_UP));
      sample(entry, warm, clients, OptionalDouble.empty(), "warm-up");
      idleHeap.put(entry.getKey(), entry.getValue().heapMib());
    }
    List<SfuSample> samples = new ArrayList<>();
    for (SfuPlan.Load load : loads) {
      for (int round = 0; round < plan.rounds(); round++) {
        for (Map.Entry<SfuPlan.Peer, SfuServer> entry : servers.entrySet()) {
          OptionalDouble idle = idleHeap.getOrDefault(entry.getKey(), OptionalDouble.empty());
          String of = "round %d of %d".formatted(round + 1, plan.rounds());
          samples.add(sample(entry, load, clients, idle, of));
        }
      }
    }
    return samples;
  }

  private SfuSample sample(
      Map.Entry<SfuPlan.Peer, SfuServer> entry,
      SfuPlan.Load load,
      RtcClients clients,
      OptionalDouble idleHeap,
      String round)
      throws LoadFailed, InterruptedException {
    SfuServer server = entry.getValue();
    try (SfuRun run = new SfuRun(server, entry.getKey(), load, clients, plan.namespaces())) {
      SfuSample sample =
          run.measure("sfu-" + rooms++, plan.settleSeconds(), plan.seconds(), idleHeap);
      progress.step(line(server.name(), round, sample));
      if (!run.paths().isEmpty()) {
        progress.step("  " + run.paths());
      }
      judge(server.name(), sample);
      return sample;
    }
  }

  private static String line(String name, String round, SfuSample sample) {
    return String.format(
        Locale.ROOT,
        "%s, %s, %s: %.1f thousand packets/CPU-s, %.0f thousand packets/s, core %.0f %%, lost %.2f"
            + " %%, p99 %.1f ms, client %.0f %%, %d of %d joined, %d client drops",
        sample.load().label(),
        name,
        round,
        sample.packetsPerCpuSecond() / 1_000,
        sample.packetsPerSecond() / 1_000,
        sample.cpuPercent(),
        sample.lossPercent(),
        sample.delayP99Micros() / 1_000,
        sample.clientCpuPercent(),
        sample.joined(),
        sample.load().subscribers(),
        sample.clientDrops());
  }

  private void judge(String name, SfuSample sample) {
    String of = name + ", " + sample.load().label() + ": ";
    if (sample.joined() < sample.load().subscribers()) {
      notes.add(of + "only " + sample.joined() + " subscribers got media in one of the rounds");
    }
    if (sample.clientDrops() > 0) {
      notes.add(of + sample.clientDrops() + " datagrams were lost on the load client's side");
    }
    if (sample.clientCpuPercent() > 85) {
      notes.add(of + "the load client was near its limit, so that loss may be its own");
    }
  }

  private synchronized <T extends AutoCloseable> T opened(T part) {
    open.push(part);
    return part;
  }

  private synchronized void closeAll() {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        // The others are to be closed all the same.
        progress.step("While cleaning up: " + e.getMessage());
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
