package dev.amphi.composer.process;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** How many processors the node and its children use, over the last five seconds. Thread-safe. */
final class CpuMeter {
  private static final long WINDOW_NANOS = 5_000_000_000L;

  /**
   * What the children take.
   *
   * @param node processors that the node itself uses
   * @param children processors that each of the measured children uses, by its process id
   */
  record Usage(double node, Map<Long, Double> children) {
    Usage {
      children = Map.copyOf(children);
    }

    /** Processors that the measured children use together. */
    double programs() {
      return children.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    int measured() {
      return children.size();
    }
  }

  private final LongUnaryOperator usedNanos;
  private final long self;
  private Map<Long, Long> before = Map.of();
  private long beforeNanos;
  private Usage usage = new Usage(0, Map.of());

  /**
   * @param usedNanos the processor time that a process has used so far, by its id
   * @param self the node's process id
   */
  CpuMeter(LongUnaryOperator usedNanos, long self) {
    this.usedNanos = usedNanos;
    this.self = self;
  }

  /** Asks the system. */
  static CpuMeter ofThisMachine() {
    return new CpuMeter(
        pid ->
            ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().totalCpuDuration())
                .map(Duration::toNanos)
                .orElse(0L),
        ProcessHandle.current().pid());
  }

  /** Looks again, when it is time; to be called often. */
  synchronized void sample(long nowNanos, Collection<Long> children) {
    boolean first = before.isEmpty();
    if (!first && nowNanos - beforeNanos < WINDOW_NANOS) {
      return;
    }
    Map<Long, Long> now = new HashMap<>();
    now.put(self, usedNanos.applyAsLong(self));
    children.forEach(pid -> now.put(pid, usedNanos.applyAsLong(pid)));
    if (!first) {
      usage = between(now, nowNanos - beforeNanos);
    }
    before = now;
    beforeNanos = nowNanos;
  }

  private Usage between(Map<Long, Long> now, long nanos) {
    Map<Long, Double> children = new HashMap<>();
    for (Map.Entry<Long, Long> entry : now.entrySet()) {
      Long earlier = before.get(entry.getKey());
      if (entry.getKey() != self && earlier != null) {
        children.put(entry.getKey(), (entry.getValue() - earlier) / (double) nanos);
      }
    }
    double node = (now.getOrDefault(self, 0L) - before.getOrDefault(self, 0L)) / (double) nanos;
    return new Usage(node, children);
  }

  synchronized Usage usage() {
    return usage;
  }
}
