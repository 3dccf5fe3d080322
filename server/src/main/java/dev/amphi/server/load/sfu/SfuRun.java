package dev.amphi.server.load.sfu;

import dev.amphi.interactive.api.TrackView.Codec;
import dev.amphi.interactive.api.TrackView.Source;
import dev.amphi.interactive.client.ClientStats;
import dev.amphi.interactive.client.CountingClient;
import dev.amphi.interactive.client.CountingClients;
import dev.amphi.interactive.client.CountingWindow;
import dev.amphi.interactive.client.MediaClient;
import dev.amphi.interactive.client.MediaPlan;
import dev.amphi.interactive.client.OfferExchange;
import dev.amphi.interactive.client.RtcClients;
import dev.amphi.interactive.client.SentStats;
import dev.amphi.server.load.LoadFailed;
import dev.amphi.server.load.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One measurement: a room is filled, left to settle, watched and emptied. Blocks its thread. */
final class SfuRun implements AutoCloseable {
  private static final int AT_A_TIME = 8;
  private static final int PROBES = 8;
  private static final long SETTLE_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 60;

  private final SfuServer server;
  private final SfuPlan.Peer peer;
  private final SfuPlan.Load load;
  private final RtcClients clients;
  private final boolean setAside;
  private final CountingClients counting = new CountingClients();
  private final List<SteadySource.Publisher> publishers = new ArrayList<>();
  private final List<CountingClient> subscribers = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private @Nullable SteadySource source;
  private volatile String refusal = "";
  private String paths = "";

  /**
   * @param setAside whether the server's child processes get only what it leaves of the core
   */
  SfuRun(
      SfuServer server,
      SfuPlan.Peer peer,
      SfuPlan.Load load,
      RtcClients clients,
      boolean setAside) {
    this.setAside = setAside;
    this.server = server;
    this.peer = peer;
    this.load = load;
    this.clients = clients;
  }

  /**
   * Measures.
   *
   * @param idleHeapMib of the server before; empty when the heap is not to be measured
   */
  SfuSample measure(String room, int settleSeconds, int seconds, OptionalDouble idleHeapMib)
      throws LoadFailed, InterruptedException {
    SfuRoom made = server.room(room, load.publishers());
    try {
      for (int i = 0; i < load.publishers(); i++) {
        publishers.add(publisher(made.publish(i)));
      }
      source = new SteadySource(publishers);
      Thread.sleep(SETTLE_MILLIS); // So that there is something to subscribe to.
      subscribe(made);
      if (setAside) {
        setComposersAside();
      }
      Thread.sleep(TimeUnit.SECONDS.toMillis(settleSeconds));
      SfuSample sample = watch(seconds, idleHeapMib);
      paths = made.paths();
      return sample;
    } finally {
      leave();
      made.end();
    }
  }

  /**
   * A room's composer is a process of its own and no part of forwarding: it gets the time of the
   * core that the forwarder leaves (SCHED_IDLE).
   */
  private void setComposersAside() throws LoadFailed, InterruptedException {
    List<ProcessHandle> children =
        ProcessHandle.of(server.pid()).stream().flatMap(ProcessHandle::children).toList();
    for (ProcessHandle child : children) {
      Shell.run(List.of("chrt", "-a", "-i", "-p", "0", Long.toString(child.pid())));
    }
  }

  private void leave() throws InterruptedException {
    if (source != null) {
      source.close();
    }
    synchronized (subscribers) {
      subscribers.forEach(CountingClient::close);
    }
    publishers.forEach(publisher -> publisher.client().close());
    Thread.sleep(SETTLE_MILLIS); // So that the goodbyes go out before the room does.
  }

  private SteadySource.Publisher publisher(OfferExchange exchange)
      throws LoadFailed, InterruptedException {
    AtomicBoolean keyFrameWanted = new AtomicBoolean(true);
    MediaClient.Listener listener =
        new MediaClient.Listener() {
          @Override
          public void keyFrameWanted(Source source) {
            keyFrameWanted.set(true);
          }
        };
    MediaClient client =
        await(clients.offer(exchange, MediaPlan.sending(Codec.VP8), listener), "a publisher");
    return new SteadySource.Publisher(client, keyFrameWanted);
  }

  private void subscribe(SfuRoom room) throws LoadFailed, InterruptedException {
    Semaphore joining = new Semaphore(AT_A_TIME);
    int step = Math.max(1, load.subscribers() / PROBES);
    for (int i = 0; i < load.subscribers(); i++) {
      boolean probe = i % step == 0;
      joining.acquire();
      CompletionStage<CountingClient> joined =
          load.stage()
              ? room.subscribeToOthers(counting, i, load.publishers(), probe)
              : room.subscribe(counting, 0, probe);
      joined.whenComplete(
          (client, failure) -> {
            if (client == null) {
              refused.incrementAndGet();
              refusal = String.valueOf(failure);
            } else {
              synchronized (subscribers) {
                subscribers.add(client);
              }
            }
            joining.release();
          });
    }
    if (!joining.tryAcquire(AT_A_TIME, PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new LoadFailed("Not all subscribers could join within " + PATIENCE_SECONDS + " s.");
    }
    if (refused.get() == load.subscribers()) {
      throw new LoadFailed("No subscriber could join " + server.name() + ": " + refusal);
    }
  }

  private SfuSample watch(int seconds, OptionalDouble idleHeapMib)
      throws LoadFailed, InterruptedException {
    await(counting.mark(), "the clients");
    long sentBefore = sent();
    long dropsBefore = KernelDrops.now();
    ProcessUsage clientBefore = usage(ProcessHandle.current().pid());
    ProcessUsage before = usage(server.pid());
    long startNanos = System.nanoTime();
    Thread.sleep(TimeUnit.SECONDS.toMillis(seconds));
    ProcessUsage after = usage(server.pid());
    double elapsed = (System.nanoTime() - startNanos) / 1e9;
    CountingWindow window = await(counting.window(), "the clients");
    ProcessUsage clientAfter = usage(ProcessHandle.current().pid());
    long offered = (sent() - sentBefore) * load.copies();
    return new SfuSample(
        peer,
        load,
        elapsed,
        offered,
        window.packets(),
        window.lost(),
        after.cpuSeconds() - before.cpuSeconds(),
        clientAfter.cpuSeconds() - clientBefore.cpuSeconds(),
        window.delays().percentileMicros(50),
        window.delays().percentileMicros(99),
        window.delays().mostMicros(),
        after.residentMib(),
        heap(idleHeapMib),
        KernelDrops.now() - dropsBefore,
        window.clients() - window.silent());
  }

  private OptionalDouble heap(OptionalDouble idleMib) throws LoadFailed, InterruptedException {
    if (idleMib.isEmpty()) {
      return OptionalDouble.empty();
    }
    OptionalDouble now = server.heapMib();
    int participants = load.stage() ? load.size() : load.size() + 1;
    return now.isEmpty()
        ? now
        : OptionalDouble.of((now.getAsDouble() - idleMib.getAsDouble()) / participants);
  }

  private long sent() throws LoadFailed, InterruptedException {
    long packets = 0;
    for (SteadySource.Publisher publisher : publishers) {
      ClientStats stats = await(publisher.client().stats(), "a publisher's counters");
      packets += stats.sent().stream().mapToLong(SentStats::packets).sum();
    }
    return packets;
  }

  private static ProcessUsage usage(long pid) throws LoadFailed {
    return ProcessUsage.of(pid)
        .orElseThrow(() -> new LoadFailed("The process " + pid + " is gone, or /proc is missing."));
  }

  private static <T> T await(CompletionStage<T> stage, String what)
      throws LoadFailed, InterruptedException {
    try {
      return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new LoadFailed(what + " failed: " + e.getCause());
    } catch (TimeoutException e) {
      throw new LoadFailed(what + " did not come within " + PATIENCE_SECONDS + " s.");
    }
  }

  /** What the server said of its ways out at the end of the measurement; empty when nothing. */
  String paths() {
    return paths;
  }

  @Override
  public void close() {
    counting.close();
  }
}
