package dev.amphi.server.load.composer;

import dev.amphi.composer.api.Composition;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Hands a scene's frames to a composition in real time, on a thread of its own. */
final class Feeder implements AutoCloseable {
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Composition composition;
  private final List<BenchSource> sources;
  private final long[] next;
  private final Thread thread;
  private volatile boolean closed;

  Feeder(Composition composition, List<BenchSource> sources) {
    this.composition = composition;
    this.sources = sources;
    next = new long[sources.size()];
    thread = Thread.ofPlatform().daemon().name("bench-feeder").start(this::run);
  }

  private void run() {
    long startNanos = System.nanoTime();
    while (!closed) {
      long nowNanos = System.nanoTime();
      for (int i = 0; i < next.length; i++) {
        feed(sources.get(i), i, startNanos, nowNanos);
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }

  private void feed(BenchSource source, int index, long startNanos, long nowNanos) {
    CodedLoop loop = source.loop();
    while (startNanos + loop.nanos(next[index]) <= nowNanos) {
      long number = next[index]++;
      composition.frame(
          source.spec().id(),
          loop.frame(number),
          number * loop.frameTicks(),
          nowNanos,
          -1,
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
