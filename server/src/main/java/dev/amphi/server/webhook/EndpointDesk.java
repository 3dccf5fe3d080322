package dev.amphi.server.webhook;

import dev.amphi.server.webhook.WebhookCounters.Outcome;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint: what waits for it, what is on its way, and whether it wants anything. For one
 * thread; what it sends comes back through {@link #answered}.
 */
final class EndpointDesk {
  /** Beyond this many it is no use: whoever was away for so long asks the API what there is. */
  static final int MOST_WAITING = 10_000;

  private static final System.Logger LOG = System.getLogger(EndpointDesk.class.getName());
  private static final int GONE = 410;
  private static final long SECOND = 1_000;

  private final WebhookEndpoint endpoint;
  private final Outbox outbox;
  private final WebhookCounters counters;
  private final RandomGenerator random;
  private final Deliveries deliveries;
  private boolean gone;
  private int failing;
  private @Nullable String lastResult;
  private long lastAtMillis;

  EndpointDesk(
      WebhookEndpoint endpoint,
      Outbox outbox,
      RetryPlan plan,
      WebhookCounters counters,
      RandomGenerator random) {
    this.deliveries = new Deliveries(plan);
    this.endpoint = endpoint;
    this.outbox = outbox;
    this.counters = counters;
    this.random = random;
  }

  WebhookEndpoint endpoint() {
    return endpoint;
  }

  /** Goes on with what earlier runs left. */
  void open(long nowNanos) throws IOException {
    gone = outbox.isGone(endpoint.url().toString());
    outbox.read().forEach(message -> deliveries.add(message, nowNanos));
  }

  /** Takes a message; it counts as taken once it is on the disk. */
  void take(WebhookMessage message, long nowNanos) {
    if (gone || deliveries.size() >= MOST_WAITING) {
      drop(gone ? "the endpoint is gone" : "too many messages wait for it");
      return;
    }
    try {
      outbox.put(message);
      deliveries.add(message, nowNanos);
    } catch (IOException e) {
      drop("the disk does not take it: " + e);
    }
  }

  private void drop(String why) {
    counters.count(endpoint.name(), Outcome.DROPPED);
    LOG.log(
        failing > 0 || gone ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
        "webhook {0}: a message is not sent, because {1}",
        endpoint.name(),
        why);
  }

  /**
   * Sends what is due.
   *
   * @param send takes an attempt and its headers; whatever becomes of it goes to {@link #answered}
   */
  void send(
      long nowNanos, long nowMillis, BiConsumer<Deliveries.Attempt, Map<String, String>> send) {
    for (var next = deliveries.next(nowNanos); next.isPresent(); next = deliveries.next(nowNanos)) {
      send.accept(next.get(), headers(next.get().message(), nowMillis / SECOND));
    }
  }

  /** Each attempt is signed anew, because its time is signed too. */
  private Map<String, String> headers(WebhookMessage message, long timestamp) {
    byte[] payload = message.bytes();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("content-type", "application/json");
    headers.put("user-agent", "Amphi");
    headers.put("webhook-id", message.id());
    headers.put("webhook-timestamp", Long.toString(timestamp));
    headers.put(
        "webhook-signature",
        endpoint.secrets().stream()
            .map(secret -> secret.sign(message.id(), timestamp, payload))
            .collect(Collectors.joining(" ")));
    return headers;
  }

  /**
   * An attempt came back.
   *
   * @param answer null where none came
   * @param failure why, for people
   */
  void answered(
      Deliveries.Attempt attempt,
      Post.@Nullable Answer answer,
      String failure,
      long nowNanos,
      long nowMillis) {
    int status = answer == null ? 0 : answer.status();
    lastResult = answer == null ? failure : String.valueOf(status);
    lastAtMillis = nowMillis;
    if (status >= 200 && status < 300) {
      delivered(attempt);
    } else if (status == GONE) {
      disable(attempt);
    } else {
      failed(attempt, answer == null ? 0 : answer.retryAfterMillis(), nowNanos, nowMillis);
    }
  }

  private void delivered(Deliveries.Attempt attempt) {
    deliveries.delivered();
    outbox.remove(attempt.message());
    counters.count(endpoint.name(), Outcome.DELIVERED);
    if (failing > 0) {
      LOG.log(
          System.Logger.Level.INFO,
          "webhook {0}: takes messages again after {1} failures",
          endpoint.name(),
          failing);
      failing = 0;
    }
  }

  private void failed(Deliveries.Attempt attempt, long askedMillis, long nowNanos, long nowMillis) {
    long age = Math.max(0, nowMillis - attempt.message().atMillis());
    OptionalLong wait = deliveries.failed(attempt, age, askedMillis, nowNanos, random);
    counters.count(endpoint.name(), wait.isPresent() ? Outcome.FAILED : Outcome.GIVEN_UP);
    if (wait.isEmpty()) {
      outbox.remove(attempt.message());
    }
    if (failing++ == 0 || wait.isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "webhook {0}: {1} was not taken ({2}); {3}",
          endpoint.name(),
          attempt.message().id(),
          lastResult,
          wait.isPresent() ? "it is tried again for three days" : "it is given up");
    }
  }

  private void disable(Deliveries.Attempt attempt) {
    deliveries.delivered();
    outbox.remove(attempt.message());
    counters.count(endpoint.name(), Outcome.DROPPED);
    deliveries
        .clear()
        .forEach(
            message -> {
              outbox.remove(message);
              counters.count(endpoint.name(), Outcome.DROPPED);
            });
    if (!gone) {
      gone = true;
      LOG.log(
          System.Logger.Level.WARNING,
          "webhook {0}: wants no more messages (410); it gets none until it is enabled again",
          endpoint.name());
      keepGone();
    }
  }

  /** Sends to an endpoint again that had wanted no more, or to none that is there. */
  void enable(boolean on) {
    gone = !on;
    keepGone();
  }

  private void keepGone() {
    try {
      outbox.gone(endpoint.url().toString(), gone);
    } catch (IOException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "webhook {0}: whether it wants messages is not on the disk: {1}",
          endpoint.name(),
          e.toString());
    }
  }

  long nextDeadlineNanos() {
    return deliveries.nextDeadlineNanos();
  }

  WebhookStatus status() {
    return new WebhookStatus(
        endpoint.name(),
        endpoint.shownUrl(),
        endpoint.events().stream().sorted().toList(),
        !gone,
        deliveries.size(),
        failing,
        lastResult == null ? "" : lastResult,
        lastAtMillis);
  }
}
