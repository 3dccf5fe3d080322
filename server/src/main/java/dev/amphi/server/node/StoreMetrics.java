package dev.amphi.server.node;

import dev.amphi.packager.vault.VaultStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.Supplier;

/** How it goes with the bucket that recordings are brought to; zeros where there is none. */
final class StoreMetrics {
  private static final VaultStatus NONE = new VaultStatus(0, 0, 0, "");
  private static final double MILLIS = 1000;

  private StoreMetrics() {}

  static void register(MeterRegistry registry, Supplier<Optional<VaultStatus>> status) {
    Supplier<VaultStatus> now = () -> status.get().orElse(NONE);
    Gauge.builder("amphi.recording.store.waiting.bytes", () -> now.get().waitingBytes())
        .description("Bytes of recordings that only this node's disk has")
        .strongReference(true)
        .register(registry);
    Gauge.builder(
            "amphi.recording.store.last.success.seconds",
            () -> now.get().lastSuccessMillis() / MILLIS)
        .description("When the bucket took something last, as Unix time")
        .strongReference(true)
        .register(registry);
    FunctionCounter.builder(
            "amphi.recording.store.failures", now, supplier -> supplier.get().failures())
        .description("Transfers to or from the bucket that failed and were tried again")
        .register(registry);
  }
}
