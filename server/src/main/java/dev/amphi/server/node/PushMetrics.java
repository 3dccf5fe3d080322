package dev.amphi.server.node;

import dev.amphi.server.push.PushMeter;
import dev.amphi.server.push.PushState;
import dev.amphi.server.push.Pushes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/** What pushes to other platforms do, for Prometheus. */
final class PushMetrics implements PushMeter {
  private final MeterRegistry registry;
  private final Counter bytes;
  private final Counter reconnects;
  private final Counter dropped;

  PushMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.bytes = counter("amphi.push.bytes", "Bytes of media sent to other platforms");
    this.reconnects =
        counter("amphi.push.reconnects", "Connections to platforms that broke or were refused");
    this.dropped =
        counter("amphi.push.dropped.groups", "Groups of pictures that platforms were too slow for");
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /** Tells how many pushes stand how. */
  void watch(Pushes pushes) {
    for (PushState state : PushState.values()) {
      Gauge.builder("amphi.pushes", () -> pushes.count(state))
          .description("Pushes of classes on air, by where they stand")
          .tag("state", state.wireName())
          .register(registry);
    }
  }

  @Override
  public void sent(long count) {
    bytes.increment((double) count);
  }

  @Override
  public void reconnects() {
    reconnects.increment();
  }

  @Override
  public void dropped(long groups) {
    dropped.increment((double) groups);
  }
}
