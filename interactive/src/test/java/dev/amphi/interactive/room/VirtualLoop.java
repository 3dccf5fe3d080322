package dev.amphi.interactive.room;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/** A loop and its clock, driven by a test. */
final class VirtualLoop implements RoomLoop, RoomClock {
  private record Timer(long atNanos, long order, Runnable task) implements Comparable<Timer> {
    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(atNanos, other.atNanos);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private static final Instant START = Instant.parse("2026-11-01T10:00:00Z");

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long nowNanos = 1_000_000_000L;
  private long orders;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void schedule(long delayNanos, Runnable task) {
    timers.add(new Timer(nowNanos + delayNanos, orders++, task));
  }

  @Override
  public long nanos() {
    return nowNanos;
  }

  @Override
  public Instant now() {
    return START.plusNanos(nowNanos);
  }

  /** Runs what is due now. */
  void drain() {
    while (!tasks.isEmpty()) {
      tasks.remove().run();
    }
  }

  /** Lets time pass. */
  void pass(long millis) {
    long end = nowNanos + millis * 1_000_000L;
    drain();
    while (!timers.isEmpty() && timers.peek().atNanos <= end) {
      Timer timer = timers.remove();
      nowNanos = Math.max(nowNanos, timer.atNanos);
      timer.task.run();
      drain();
    }
    nowNanos = end;
  }
}
