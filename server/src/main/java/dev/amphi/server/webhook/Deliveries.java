package dev.amphi.server.webhook;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Which message of one endpoint is tried when: what waits, what is on its way, and when the next
 * one is due. Pure; for one thread.
 */
final class Deliveries {
  /** On their way at once. */
  static final int AT_ONCE = 4;

  static final long NEVER = Long.MAX_VALUE;

  private static final long NANOS_PER_MILLI = 1_000_000;

  /**
   * A message that is tried.
   *
   * @param failures before this time
   */
  record Attempt(WebhookMessage message, int failures, long dueNanos) {}

  private final RetryPlan plan;
  private final PriorityQueue<Attempt> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Attempt::dueNanos)
              .thenComparing(attempt -> attempt.message().id()));
  private int flying;

  Deliveries(RetryPlan plan) {
    this.plan = plan;
  }

  /** Takes a message; it is due at once. */
  void add(WebhookMessage message, long nowNanos) {
    waiting.add(new Attempt(message, 0, nowNanos));
  }

  /** What is to be sent now; on its way until {@link #delivered} or {@link #failed}. */
  Optional<Attempt> next(long nowNanos) {
    Attempt first = waiting.peek();
    if (first == null || flying >= AT_ONCE || first.dueNanos() - nowNanos > 0) {
      return Optional.empty();
    }
    flying++;
    return Optional.of(waiting.remove());
  }

  /** It arrived, or nobody wants it any more. */
  void delivered() {
    flying--;
  }

  /**
   * It did not arrive.
   *
   * @param ageMillis since the event
   * @param askedMillis for how long the endpoint asked to be left alone
   * @return when it is tried again, milliseconds from now; empty when it is given up
   */
  OptionalLong failed(
      Attempt attempt, long ageMillis, long askedMillis, long nowNanos, RandomGenerator random) {
    flying--;
    int failures = attempt.failures() + 1;
    OptionalLong wait = plan.waitMillis(failures, ageMillis, askedMillis, random);
    if (wait.isPresent()) {
      long due = nowNanos + wait.getAsLong() * NANOS_PER_MILLI;
      waiting.add(new Attempt(attempt.message(), failures, due));
    }
    return wait;
  }

  /** When to look again; {@link #NEVER} while nothing waits, or enough is on its way. */
  long nextDeadlineNanos() {
    Attempt first = waiting.peek();
    return first == null || flying >= AT_ONCE ? NEVER : first.dueNanos();
  }

  /** How many have not arrived. */
  int size() {
    return waiting.size() + flying;
  }

  /** Forgets all that waits, and tells what that was. */
  List<WebhookMessage> clear() {
    List<WebhookMessage> all = waiting.stream().map(Attempt::message).toList();
    waiting.clear();
    return all;
  }
}
