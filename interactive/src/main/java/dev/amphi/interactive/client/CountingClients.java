package dev.amphi.interactive.client;

import dev.amphi.interactive.transport.dtls.DtlsIdentity;
import dev.amphi.interactive.transport.srtp.SrtpContext;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes subscribers that only count: hundreds on one thread ({@code rtc-count-0}), and those whose
 * delay is measured, the probes, each on a thread of its own, so that the others' packets do not
 * keep them waiting. Thread-safe.
 */
public final class CountingClients implements AutoCloseable {
  private static final long SSRC_BOUND = 0xFFFFFFFFL;

  private final SecureRandom random = new SecureRandom();
  private final DtlsIdentity identity;
  private final CountingLoop bulk = new CountingLoop("rtc-count-0");
  private final List<CountingLoop> loops = new ArrayList<>(List.of(bulk));

  /** Makes the certificate that all share; takes about half a second. */
  public CountingClients() {
    SrtpContext.warmUp();
    identity = DtlsIdentity.create(random, Instant.now());
  }

  /** A server that offers takes the answer here. */
  public interface AnswerExchange {
    /** Hands over the answer; completes when the server took it. */
    CompletionStage<?> take(String answer);
  }

  /** Offers to receive so many sounds and pictures; completes when media can flow. */
  public CompletionStage<CountingClient> offer(
      int audioSlots, int videoSlots, boolean probe, OfferExchange exchange) {
    CountingLoop loop = loop(probe);
    return onLoop(
        loop,
        () -> {
          CountingClient client = client(loop, probe, exchange);
          List<ClientSection> sections =
              ClientSection.of(MediaPlan.receiving(audioSlots, videoSlots), random);
          String offer = OfferWriter.write(sections, client.local(), "count");
          exchange
              .answer(offer)
              .thenAcceptAsync(sdp -> client.start(new AnswerReader(sdp)), loop)
              .whenComplete(failing(loop, client));
          return client.connected();
        });
  }

  /** Answers a server's offer; completes when media can flow. */
  public CompletionStage<CountingClient> answer(
      String offer, boolean probe, AnswerExchange exchange) {
    CountingLoop loop = loop(probe);
    return onLoop(
        loop,
        () -> {
          CountingClient client = client(loop, probe, nothing -> new CompletableFuture<>());
          AnswerReader offered = new AnswerReader(offer);
          exchange
              .take(OfferAnswerer.answer(offered, client.local()))
              .thenRunAsync(() -> client.start(offered), loop)
              .whenComplete(failing(loop, client));
          return client.connected();
        });
  }

  private CountingClient client(CountingLoop loop, boolean probe, OfferExchange exchange) {
    return new CountingClient(
        loop,
        new CountingSocket(random),
        identity,
        probe,
        exchange,
        random.nextLong(1, SSRC_BOUND));
  }

  private synchronized CountingLoop loop(boolean probe) {
    if (!probe) {
      return bulk;
    }
    CountingLoop own = new CountingLoop("rtc-count-" + loops.size());
    loops.add(own);
    return own;
  }

  private static <T> java.util.function.BiConsumer<T, Throwable> failing(
      CountingLoop loop, CountingClient client) {
    return (done, failure) -> {
      if (failure != null) {
        loop.execute(() -> client.fail(failure));
      }
    };
  }

  private static <T> CompletionStage<T> onLoop(
      CountingLoop loop, java.util.function.Supplier<CompletionStage<T>> task) {
    return CompletableFuture.supplyAsync(task, loop).thenCompose(Function.identity());
  }

  /** Begins to count anew, in all clients; completes when all have. */
  public CompletionStage<Void> mark() {
    return each(clients -> clients.forEach(CountingClient::mark));
  }

  /** What came since the mark. */
  public CompletionStage<CountingWindow> window() {
    CountingWindow.Sum all = new CountingWindow.Sum();
    return each(clients -> {
          CountingWindow.Sum sum = new CountingWindow.Sum();
          clients.forEach(client -> client.addTo(sum));
          synchronized (all) {
            all.plus(sum);
          }
        })
        .thenApply(
            done -> {
              synchronized (all) {
                return all.window();
              }
            });
  }

  private synchronized CompletionStage<Void> each(Consumer<List<CountingClient>> task) {
    return CompletableFuture.allOf(
        loops.stream()
            .map(loop -> CompletableFuture.runAsync(() -> task.accept(loop.clients()), loop))
            .toArray(CompletableFuture<?>[]::new));
  }

  /** Ends all clients and their threads. */
  @Override
  public synchronized void close() {
    loops.forEach(CountingLoop::close);
  }
}
