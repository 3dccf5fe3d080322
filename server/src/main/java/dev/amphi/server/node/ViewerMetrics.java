package dev.amphi.server.node;

import dev.amphi.packager.web.ViewerMeter;
import dev.amphi.packager.web.ViewerReport;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;

/** What the audience's players say of themselves, for Prometheus. */
final class ViewerMetrics implements ViewerMeter {
  private final Counter reports;
  private final Counter starvations;
  private final DistributionSummary buffer;
  private final DistributionSummary throughput;

  ViewerMetrics(MeterRegistry registry) {
    reports =
        Counter.builder("amphi.viewer.reports")
            .description("Requests for media with which a player said how it is")
            .register(registry);
    starvations =
        Counter.builder("amphi.viewer.starvations")
            .description("Reports of players that had nothing more to play")
            .register(registry);
    buffer = summary(registry, "buffer", "ms", "What players have still to play", 100, 60_000);
    throughput =
        summary(registry, "throughput", "bits", "What players measure", 100_000, 1_000_000_000);
  }

  private static DistributionSummary summary(
      MeterRegistry registry,
      String name,
      String unit,
      String description,
      double least,
      double most) {
    return DistributionSummary.builder("amphi.viewer." + name)
        .baseUnit(unit)
        .description(description)
        .publishPercentileHistogram()
        .minimumExpectedValue(least)
        .maximumExpectedValue(most)
        .register(registry);
  }

  @Override
  public void heard(ViewerReport report) {
    reports.increment();
    if (report.starved()) {
      starvations.increment();
    }
    if (report.bufferMs() >= 0) {
      buffer.record((double) report.bufferMs());
    }
    if (report.throughputBps() >= 0) {
      throughput.record((double) report.throughputBps());
    }
  }
}
