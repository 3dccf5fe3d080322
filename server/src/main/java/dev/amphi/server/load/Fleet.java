package dev.amphi.server.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Brings many in at once, a few at a time, and keeps those who got in. */
final class Fleet implements AutoCloseable {
  /** Handshakes cost CPU on both sides; more at a time would measure the queue. */
  private static final int AT_ONCE = 8;

  /** Makes one of them; blocks until it is in. */
  interface Member {
    StageParticipant join(int index) throws LoadFailed, InterruptedException;
  }

  private final List<StageParticipant> joined = new ArrayList<>();
  private final Distribution joinMillis = new Distribution();
  private final Errors errors;
  private final String what;
  private int asked;

  Fleet(String what, Errors errors) {
    this.what = what;
    this.errors = errors;
  }

  /** Brings {@code count} in; returns when each has got in or failed. */
  void join(int count, Member member) throws InterruptedException {
    asked += count;
    Semaphore slots = new Semaphore(AT_ONCE);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int index = i;
      slots.acquire();
      threads.add(
          Thread.ofVirtual()
              .name("join-" + i)
              .start(
                  () -> {
                    joinOne(index, member);
                    slots.release();
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void joinOne(int index, Member member) {
    long start = System.nanoTime();
    try {
      StageParticipant in = member.join(index);
      joinMillis.add((System.nanoTime() - start) / (double) TimeUnit.MILLISECONDS.toNanos(1));
      synchronized (joined) {
        joined.add(in);
      }
    } catch (LoadFailed e) {
      errors.add(what + ": " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int asked() {
    return asked;
  }

  Distribution.Summary joinMillis() {
    return joinMillis.summary();
  }

  List<StageParticipant> members() {
    synchronized (joined) {
      return List.copyOf(joined);
    }
  }

  @Override
  public void close() {
    members().forEach(StageParticipant::close);
  }
}
