package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Composition;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Hands a scene's frames to a composition in real time, on a thread of its own, as a stage would:
 * each source has its own phase, a packet of sound is there when it is over, and capture times say
 * that all of a person's sources have the same way.
 */
final class Feeder implements AutoCloseable {
  /** Hears of each frame that was handed over, on the feeder's thread. */
  interface Fed {
    /** Nobody listens. */
    Fed UNSEEN = (source, number, nanos) -> {};

    /**
     * A frame was handed over.
     *
     * @param source its place in the scene's list
     * @param number counts on over the end of the loop
     * @param nanos when, on the machine's monotonic clock
     */
    void fed(int source, long number, long nanos);
  }

  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long PHASE_NANOS = TimeUnit.MILLISECONDS.toNanos(7);
  private static final long NTP_NANOS = TimeUnit.SECONDS.toNanos(3_900_000_000L);

  private final Composition composition;
  private final List<BenchSource> sources;
  private final Fed fed;
  private final long[] next;
  private final Thread thread;
  private volatile boolean closed;

  Feeder(Composition composition, List<BenchSource> sources, Fed fed) {
    this.composition = composition;
    this.sources = sources;
    this.fed = fed;
    next = new long[sources.size()];
    thread = Thread.ofPlatform().daemon().name("bench-feeder").start(this::run);
  }

  private void run() {
    long startNanos = System.nanoTime();
    while (!closed) {
      long nowNanos = System.nanoTime();
      for (int i = 0; i < next.length; i++) {
        feed(i, startNanos, nowNanos);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  /** Hands over what is due. */
  private void feed(int index, long startNanos, long nowNanos) {
    BenchSource source = sources.get(index);
    CodedLoop loop = source.loop();
    long whole = source.video() ? 0 : 1;
    long phaseNanos = startNanos + index * PHASE_NANOS;
    while (phaseNanos + loop.nanos(next[index] + whole) <= nowNanos) {
      long number = next[index]++;
      fed.fed(index, number, nowNanos);
      composition.frame(
          source.spec().id(),
          loop.frame(number),
          number * loop.frameTicks(),
          nowNanos,
          NTP_NANOS + index * PHASE_NANOS + loop.nanos(number),
          !source.video() || loop.isFirst(number));
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
