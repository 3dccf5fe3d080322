package dev.amphi.server.webhook;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the operator's endpoints what happens. Who tells never waits: a thread of its own writes
 * each message to the disk and sends it. Thread-safe.
 */
public final class Webhooks implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Webhooks.class.getName());
  private static final long PATIENCE_MILLIS = 15_000;
  private static final int MOST_TOLD = 4_096;
  private static final int CLOSE_S = 5;
  private static final int ID_BYTES = 16;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, task -> Thread.ofPlatform().name("webhooks").daemon().unstarted(task));

  private final List<EndpointDesk> desks;
  private final HttpPost post;
  private final WebhookCounters counters;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final AtomicInteger told = new AtomicInteger();
  private @Nullable ScheduledFuture<?> alarm;
  private volatile boolean closing;

  private Webhooks(
      List<EndpointDesk> desks, HttpPost post, WebhookCounters counters, InstantSource clock) {
    this.desks = List.copyOf(desks);
    this.post = post;
    this.counters = counters;
    this.clock = clock;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /**
   * Begins with what earlier runs left.
   *
   * @param folder where messages wait; made when there is an endpoint
   */
  public static Webhooks open(
      Vertx vertx,
      Path folder,
      List<WebhookEndpoint> endpoints,
      InstantSource clock,
      WebhookCounters counters)
      throws IOException {
    return open(vertx, folder, endpoints, clock, counters, RetryPlan.STANDARD, PATIENCE_MILLIS);
  }

  static Webhooks open(
      Vertx vertx,
      Path folder,
      List<WebhookEndpoint> endpoints,
      InstantSource clock,
      WebhookCounters counters,
      RetryPlan plan,
      long patienceMillis)
      throws IOException {
    List<EndpointDesk> desks = new ArrayList<>();
    for (WebhookEndpoint endpoint : endpoints) {
      Outbox outbox = new Outbox(folder.resolve(endpoint.name()));
      EndpointDesk desk = new EndpointDesk(endpoint, outbox, plan, counters, new SecureRandom());
      desk.open(System.nanoTime());
      desks.add(desk);
    }
    Webhooks all = new Webhooks(desks, new HttpPost(vertx, patienceMillis), counters, clock);
    all.run(() -> {});
    return all;
  }

  /** Whether nobody wants to hear anything. */
  public boolean isIdle() {
    return desks.isEmpty();
  }

  /**
   * Something happened; returns at once.
   *
   * @param type one of {@link WebhookTypes#ALL}
   */
  public void tell(String type, Instant at, JsonObject data) {
    List<EndpointDesk> listening =
        desks.stream().filter(desk -> desk.endpoint().wants(type)).toList();
    if (listening.isEmpty()) {
      return;
    }
    if (told.incrementAndGet() > MOST_TOLD) {
      told.decrementAndGet();
      listening.forEach(
          desk -> counters.count(desk.endpoint().name(), WebhookCounters.Outcome.DROPPED));
      return;
    }
    String payload =
        new JsonObject()
            .put("type", type)
            .put("timestamp", at.toString())
            .put("data", data)
            .encode();
    WebhookMessage message = new WebhookMessage(id(), at.toEpochMilli(), payload);
    run(
        () -> {
          told.decrementAndGet();
          long now = System.nanoTime();
          listening.forEach(desk -> desk.take(message, now));
        });
  }

  private String id() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "msg_" + HexFormat.of().formatHex(bytes);
  }

  /** How each endpoint does. */
  public CompletionStage<List<WebhookStatus>> status() {
    return ask(() -> desks.stream().map(EndpointDesk::status).toList());
  }

  /** Sends to an endpoint again that had wanted no more, or no more; false when there is none. */
  public CompletionStage<Boolean> enable(String name, boolean on) {
    return ask(
        () -> {
          List<EndpointDesk> named =
              desks.stream().filter(desk -> desk.endpoint().name().equals(name)).toList();
          named.forEach(desk -> desk.enable(on));
          return !named.isEmpty();
        });
  }

  private <T> CompletionStage<T> ask(Supplier<T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!run(() -> answer.complete(question.get()))) {
      answer.completeExceptionally(new IllegalStateException("the node is being stopped"));
    }
    return answer;
  }

  /** Does something on the thread, and then sends what is due. */
  private boolean run(Runnable step) {
    try {
      thread.execute(
          () -> {
            step.run();
            if (!closing) {
              send();
            }
          });
      return true;
    } catch (RejectedExecutionException e) {
      return false; // The node stops: what is on the disk is sent by the next run.
    }
  }

  private void send() {
    long now = System.nanoTime();
    long next = Deliveries.NEVER;
    for (EndpointDesk desk : desks) {
      desk.send(now, clock.millis(), (attempt, headers) -> send(desk, attempt, headers));
      next = Math.min(next, desk.nextDeadlineNanos());
    }
    if (alarm != null) {
      alarm.cancel(false);
      alarm = null;
    }
    if (next != Deliveries.NEVER) {
      alarm = thread.schedule(() -> run(() -> {}), Math.max(0, next - now), TimeUnit.NANOSECONDS);
    }
  }

  private void send(EndpointDesk desk, Deliveries.Attempt attempt, Map<String, String> headers) {
    post.post(desk.endpoint().url(), headers, attempt.message().bytes())
        .whenComplete(
            (answer, failure) ->
                run(
                    () ->
                        desk.answered(
                            attempt,
                            failure == null ? answer : null,
                            failure == null ? "" : reason(failure),
                            System.nanoTime(),
                            clock.millis())));
  }

  private static String reason(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause.getClass().getSimpleName();
  }

  /** Puts on the disk what was told; what is on its way is sent again by the next run. */
  @Override
  public void close() {
    closing = true;
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_S, TimeUnit.SECONDS)) {
        LOG.log(System.Logger.Level.ERROR, "not all webhook messages are on the disk");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    post.close();
  }
}
