package dev.amphi.server.node;

import dev.amphi.composer.api.Shed;
import dev.amphi.server.room.RoomCounters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What Prometheus reads from one node. */
final class NodeMetrics implements RoomCounters, AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LongAdder framesForwarded = new LongAdder();
  private static final double TARGET = -16;
  private static final double SILENCE = -70;

  private final Counter composerRestarts;
  private final DistributionSummary loudness;
  private final DistributionSummary late;
  private final Counter quarantines;
  private final Map<Shed, Counter> shedSeconds = new EnumMap<>(Shed.class);
  private final JvmGcMetrics gc = new JvmGcMetrics();

  NodeMetrics() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gc.bindTo(registry);
    composerRestarts =
        Counter.builder("amphi.composer.restarts")
            .description("Composer processes that died or hung and were started again")
            .register(registry);
    quarantines =
        Counter.builder("amphi.composer.quarantines")
            .description("Tracks that made composer processes crash and are not decoded any more")
            .register(registry);
    late =
        DistributionSummary.builder("amphi.program.late")
            .baseUnit("ms")
            .description("How far programs' pictures are behind the clock, each once a second")
            .publishPercentileHistogram()
            .minimumExpectedValue(1.0)
            .maximumExpectedValue(10_000.0)
            .register(registry);
    loudness =
        DistributionSummary.builder("amphi.program.loudness.deviation")
            .baseUnit("lu")
            .description("How far programs are from -16 LUFS, each once a second")
            .publishPercentileHistogram()
            .minimumExpectedValue(0.25)
            .maximumExpectedValue(40.0)
            .register(registry);
    for (Shed shed : EnumSet.complementOf(EnumSet.of(Shed.NOTHING))) {
      shedSeconds.put(
          shed,
          Counter.builder("amphi.program.shed.seconds")
              .description("Seconds for which programs went without this")
              .tag("step", shed.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    FunctionCounter.builder("amphi.composer.frames", framesForwarded, LongAdder::sum)
        .description("Coded frames handed from the stage to compositions")
        .register(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  void gauge(String name, String description, IntSupplier value) {
    // Held strongly: nothing else keeps the supplier.
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void frameForwarded() {
    framesForwarded.increment();
  }

  @Override
  public void composerRestarted() {
    composerRestarts.increment();
  }

  @Override
  public void programLoad(Shed shed, long lateMillis) {
    late.record((double) lateMillis);
    Counter step = shedSeconds.get(shed);
    if (step != null) {
      step.increment();
    }
  }

  @Override
  public void quarantined(String roomId, String trackId) {
    quarantines.increment();
  }

  @Override
  public void programLoudness(double lufs) {
    if (lufs > SILENCE) {
      loudness.record(Math.abs(lufs - TARGET));
    }
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
