package dev.amphi.server.node;

import dev.amphi.server.webhook.WebhookCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** Webhook messages by endpoint and by what became of them. */
record WebhookMetrics(MeterRegistry registry) implements WebhookCounters {
  @Override
  public void count(String endpoint, Outcome outcome) {
    Counter.builder("amphi.webhook.messages")
        .description("Webhook messages delivered, given up or dropped, and tries that failed")
        .tag("endpoint", endpoint)
        .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .register(registry)
        .increment();
  }
}
