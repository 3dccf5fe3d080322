package dev.amphi.server.load;

import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/**
 * One who comes, stays a while, leaves and comes again, for ever; after a failure later and later.
 * Runs on a thread of its own until that is interrupted.
 */
final class Regular implements Runnable {
  /** Comes in; blocks until it is in. */
  interface Coming {
    Stay come() throws LoadFailed, InterruptedException;
  }

  /** Somebody who is in. */
  interface Stay extends AutoCloseable {
    /**
     * Waits until the stay is over or so long.
     *
     * @return why it ended by itself, or an empty text
     */
    String await(long millis) throws InterruptedException;

    @Override
    void close();
  }

  /** Waits; for tests, which have no time. */
  interface Pause {
    void sleep(long millis) throws InterruptedException;
  }

  /**
   * How long somebody stays and is away, in milliseconds; each time between half of it and it.
   *
   * @param stay {@link Long#MAX_VALUE} for one who does not leave
   */
  record Habit(long stay, long away) {
    static final Habit TEACHES = new Habit(Long.MAX_VALUE, 1);
    static final Habit COMES_AND_GOES = new Habit(180_000, 20_000);
  }

  private final Coming coming;
  private final Habit habit;
  private final Attendance attendance;
  private final RandomGenerator random;
  private final Pause pause;
  private final BooleanSupplier ended;

  Regular(
      Coming coming,
      Habit habit,
      Attendance attendance,
      RandomGenerator random,
      Pause pause,
      BooleanSupplier ended) {
    this.coming = coming;
    this.habit = habit;
    this.attendance = attendance;
    this.random = random;
    this.pause = pause;
    this.ended = ended;
  }

  /** Who is in, and what went wrong; thread-safe. */
  interface Attendance {
    void came(double joinMillis);

    void left();

    void failed(String why);
  }

  @Override
  public void run() {
    Backoff backoff = new Backoff(random);
    try {
      while (!ended.getAsBoolean()) {
        String failure = visit(backoff);
        if (failure.isEmpty()) {
          pause.sleep(about(habit.away));
        } else {
          attendance.failed(failure);
          pause.sleep(backoff.nextMillis());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the run is over
    }
  }

  /** One stay; gives what was wrong with it, or an empty text. */
  private String visit(Backoff backoff) throws InterruptedException {
    long start = System.nanoTime();
    try (Stay in = coming.come()) {
      attendance.came((System.nanoTime() - start) / 1e6);
      try {
        String why = in.await(about(habit.stay));
        if (why.isEmpty()) {
          backoff.reset();
        }
        return why;
      } finally {
        attendance.left();
      }
    } catch (LoadFailed e) {
      return String.valueOf(e.getMessage());
    }
  }

  private long about(long millis) {
    return millis == Long.MAX_VALUE ? millis : millis - random.nextLong(millis / 2 + 1);
  }
}
