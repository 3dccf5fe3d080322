package dev.amphi.composer.load;

import java.util.HashMap;
import java.util.Map;

/**
 * Decides whose pictures rest because decoding them takes too much: one thread decodes all of a
 * program's pictures and brings its sound, so that who sends 4096×2160 at 60 makes everybody late,
 * and other programs on the machine too.
 *
 * <p>What counts is what a source asks for: processor time for what arrived within half a second.
 * So neither a backlog after a start nor a machine that is busy otherwise makes anybody guilty. A
 * source rests that asks for more than half a processor for a second, and the hungriest when all
 * together ask for more than the thread has: for 2 s at first, then 4, 8, 16, 32. Who has rested is
 * looked at sooner, and forgiven after a minute. Pure, for one thread.
 */
public final class Appetites {
  private static final long WINDOW_NANOS = 500_000_000L;
  private static final double MOST_OF_ALL = 0.85;
  private static final double MOST_OF_ONE = 0.5;

  /** Who asks for less is never the one to rest. */
  private static final double HUNGRY = 0.25;

  private static final int WINDOWS = 2;
  private static final long LEAST_REST_NANOS = 2_000_000_000L;
  private static final long MOST_REST_NANOS = 32_000_000_000L;
  private static final long FORGIVEN_NANOS = 60_000_000_000L;

  private static final class Eater {
    long spentNanos;
    int windows;
    long restNanos;
    long restUntilNanos = Long.MIN_VALUE;

    boolean rests(long arrivalNanos) {
      return restNanos > 0 && arrivalNanos - restUntilNanos < 0;
    }
  }

  private final Map<String, Eater> eaters = new HashMap<>();
  private long windowNanos;
  private long totalNanos;
  private boolean begun;

  /** Whether a source's picture that arrived then may be decoded. */
  public boolean allows(String sourceId, long arrivalNanos) {
    Eater eater = eaters.get(sourceId);
    return eater == null || !eater.rests(arrivalNanos);
  }

  /**
   * A picture was decoded.
   *
   * @param arrivalNanos when it arrived, not when its turn came
   * @param cpuNanos processor time that it took
   * @return how long that source rests from now on, 0 for not at all
   */
  public long spent(String sourceId, long arrivalNanos, long cpuNanos) {
    roll(arrivalNanos);
    Eater eater = eaters.computeIfAbsent(sourceId, id -> new Eater());
    if (eater.restNanos > 0 && arrivalNanos - eater.restUntilNanos > FORGIVEN_NANOS) {
      eater.restNanos = 0;
    }
    eater.spentNanos += cpuNanos;
    totalNanos += cpuNanos;
    boolean too = totalNanos > MOST_OF_ALL * WINDOW_NANOS && hungriest(eater);
    boolean alone = eater.spentNanos > MOST_OF_ONE * WINDOW_NANOS;
    boolean suspect = eater.restNanos > 0 || eater.windows >= WINDOWS - 1;
    if (!too && !(alone && suspect)) {
      return 0;
    }
    eater.restNanos = Math.clamp(2 * eater.restNanos, LEAST_REST_NANOS, MOST_REST_NANOS);
    eater.restUntilNanos = arrivalNanos + eater.restNanos;
    totalNanos -= eater.spentNanos;
    eater.spentNanos = 0;
    eater.windows = 0;
    return eater.restNanos;
  }

  /** A source is gone. */
  public void left(String sourceId) {
    eaters.remove(sourceId);
  }

  private boolean hungriest(Eater eater) {
    if (eater.spentNanos < HUNGRY * WINDOW_NANOS) {
      return false;
    }
    for (Eater other : eaters.values()) {
      if (other.spentNanos > eater.spentNanos) {
        return false;
      }
    }
    return true;
  }

  /** Begins another window when the last is over. */
  private void roll(long arrivalNanos) {
    if (begun && arrivalNanos - windowNanos < WINDOW_NANOS) {
      return;
    }
    boolean next = begun && arrivalNanos - windowNanos < 2 * WINDOW_NANOS;
    begun = true;
    windowNanos = arrivalNanos;
    totalNanos = 0;
    for (Eater eater : eaters.values()) {
      boolean alone = next && eater.spentNanos > MOST_OF_ONE * WINDOW_NANOS;
      eater.windows = alone ? eater.windows + 1 : 0;
      eater.spentNanos = 0;
    }
  }
}
