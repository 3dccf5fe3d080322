package dev.amphi.composer.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Decides whose pictures rest because decoding them takes too much: one thread decodes all of a
 * program's pictures and brings its sound, so that who sends 4096×2160 at 60 makes everybody late,
 * and other programs on the machine too.
 *
 * <p>What counts is what a source asks for: processor time for what arrived within half a second.
 * So neither a backlog after a start nor a machine that is busy otherwise makes anybody guilty. A
 * source rests that asks for more than half a processor for a second, and the hungriest when all
 * together ask for more than the thread has: for 2 s at first, then 4, 8, 16, 32. Who has rested is
 * looked at sooner, and forgiven after a minute.
 *
 * <p>The teacher comes last. While the others together make room for it, they rest before it, the
 * hungriest first, however little each asks for; it rests itself only when it asks for more than
 * the thread has alone. Pure, for one thread.
 */
public final class Appetites {
  private static final long WINDOW_NANOS = 500_000_000L;
  private static final double MOST_OF_ALL = 0.85;
  private static final double MOST_OF_ONE = 0.5;

  /** Who asks for less is not the one to rest, but for the teacher's sake. */
  private static final double HUNGRY = 0.25;

  /** Who asks for less makes no room for anybody. */
  private static final double NOTHING = 0.01;

  /** So much of a window tells what will be asked for in the whole of it. */
  private static final long TELLING_NANOS = WINDOW_NANOS / 5;

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
  private final Set<String> leading = new HashSet<>();
  private long windowNanos;
  private boolean begun;

  /** Says whether a source is the teacher's. */
  public void leads(String sourceId, boolean leads) {
    if (leads) {
      leading.add(sourceId);
    } else {
      leading.remove(sourceId);
    }
  }

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
    if (!isTooMuch(eater, leading.contains(sourceId), arrivalNanos)) {
      return 0;
    }
    eater.restNanos = Math.clamp(2 * eater.restNanos, LEAST_REST_NANOS, MOST_REST_NANOS);
    eater.restUntilNanos = arrivalNanos + eater.restNanos;
    eater.spentNanos = 0;
    eater.windows = 0;
    return eater.restNanos;
  }

  /** A source is gone. */
  public void left(String sourceId) {
    eaters.remove(sourceId);
    leading.remove(sourceId);
  }

  private boolean isTooMuch(Eater eater, boolean leads, long arrivalNanos) {
    long ledNanos = spentNanos(true);
    if (leads) {
      return ledNanos > MOST_OF_ALL * WINDOW_NANOS && hungriest(eater, true);
    }
    long elapsedNanos = Math.max(TELLING_NANOS, arrivalNanos - windowNanos);
    boolean inVain = ledNanos > MOST_OF_ALL * elapsedNanos;
    boolean suspect = eater.restNanos > 0 || eater.windows >= WINDOWS - 1;
    if (suspect && eater.spentNanos > MOST_OF_ONE * WINDOW_NANOS) {
      return true;
    }
    double least = ledNanos > HUNGRY * WINDOW_NANOS ? NOTHING : HUNGRY;
    return !inVain
        && ledNanos + spentNanos(false) > MOST_OF_ALL * WINDOW_NANOS
        && eater.spentNanos >= least * WINDOW_NANOS
        && hungriest(eater, false);
  }

  /** What the teacher's sources, or all others, have taken in this window. */
  private long spentNanos(boolean led) {
    long sum = 0;
    for (Map.Entry<String, Eater> entry : eaters.entrySet()) {
      sum += leading.contains(entry.getKey()) == led ? entry.getValue().spentNanos : 0;
    }
    return sum;
  }

  private boolean hungriest(Eater eater, boolean led) {
    for (Map.Entry<String, Eater> entry : eaters.entrySet()) {
      if (leading.contains(entry.getKey()) == led
          && entry.getValue().spentNanos > eater.spentNanos) {
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
    for (Eater eater : eaters.values()) {
      boolean alone = next && eater.spentNanos > MOST_OF_ONE * WINDOW_NANOS;
      eater.windows = alone ? eater.windows + 1 : 0;
      eater.spentNanos = 0;
    }
  }
}
