package dev.amphi.composer.timing;

import java.util.Arrays;

/**
 * Maps one source's media time, its RTP timestamp in nanoseconds, to this machine's monotonic time.
 *
 * <p>The transit, arrival minus media time, has a floor that only queueing lifts; the floor is
 * tracked over the last seconds, so that it follows drift. What arrives is played at media time +
 * floor + delay, where the delay covers the jitter seen lately, but for the latest arrival of each
 * half second, within bounds. A sender's reports (RFC 3550 §6.4.1) do not move any of this: they
 * only tell what the media time was on the clock that all of a sender's sources share, see {@link
 * AvSync}.
 */
public final class SourceClock {
  private static final int SLOTS = 8;
  private static final long SLOT_NANOS = 500_000_000L;
  private static final long JUMP_NANOS = 2_000_000_000L;
  private static final long FRESH_NANOS = 2_000_000_000L;
  private static final int ARRIVALS_TO_LEAD = 8;
  private static final long EMPTY = Long.MAX_VALUE;

  private final long baseDelayNanos;
  private final long mostDelayNanos;
  private final long[] floors = new long[SLOTS];
  private final long[] latest = new long[SLOTS];
  private final long[] peaks = new long[SLOTS]; // the second latest
  private int slot;
  private long slotSinceNanos;
  private long startedNanos;
  private long arrivedNanos;
  private int arrivals;
  private boolean started;
  private boolean byCapture;
  private long captureAheadNanos;

  /**
   * Starts without any knowledge.
   *
   * @param baseDelayNanos what the reader needs beyond the jitter
   * @param mostDelayNanos what comes later than this is lost rather than waited for
   */
  public SourceClock(long baseDelayNanos, long mostDelayNanos) {
    this.baseDelayNanos = baseDelayNanos;
    this.mostDelayNanos = mostDelayNanos;
  }

  /** The nanoseconds of a timestamp. */
  public static long mediaNanos(long timestampTicks, int ticksPerSecond) {
    long seconds = Math.floorDiv(timestampTicks, (long) ticksPerSecond);
    long rest = Math.floorMod(timestampTicks, (long) ticksPerSecond);
    return seconds * 1_000_000_000L + rest * 1_000_000_000L / ticksPerSecond;
  }

  /**
   * Learns from an arrival.
   *
   * @param captureNanos the same instant on the clock that a sender's sources share, or -1
   */
  public void arrived(long mediaNanos, long arrivalNanos, long captureNanos) {
    if (captureNanos >= 0) {
      byCapture = true;
      captureAheadNanos = captureNanos - mediaNanos;
    }
    long transit = arrivalNanos - mediaNanos;
    long slots = (arrivalNanos - slotSinceNanos) / SLOT_NANOS;
    boolean back = arrivalNanos - arrivedNanos >= FRESH_NANOS;
    arrivedNanos = arrivalNanos;
    arrivals++;
    if (!started || back || Math.abs(transit - floorNanos()) > JUMP_NANOS) {
      restart(transit, arrivalNanos);
      return;
    }
    if (slots > 0) {
      advance((int) slots);
      slotSinceNanos += slots * SLOT_NANOS;
    }
    take(transit);
  }

  private void take(long transit) {
    if (floors[slot] == EMPTY) {
      floors[slot] = transit;
      latest[slot] = transit;
      return;
    }
    floors[slot] = Math.min(floors[slot], transit);
    long second = Math.min(transit, latest[slot]);
    peaks[slot] = peaks[slot] == EMPTY ? second : Math.max(peaks[slot], second);
    latest[slot] = Math.max(latest[slot], transit);
  }

  private void restart(long transit, long arrivalNanos) {
    started = true;
    Arrays.fill(floors, EMPTY);
    Arrays.fill(peaks, EMPTY);
    take(transit);
    slotSinceNanos = arrivalNanos;
    startedNanos = arrivalNanos;
    arrivals = 1;
  }

  private void advance(int slots) {
    forgetAFasterPath();
    for (int i = 0; i < slots; i++) {
      slot = (slot + 1) % SLOTS;
      floors[slot] = EMPTY;
      peaks[slot] = EMPTY;
    }
  }

  /** When all of the last half second came too late to be played, it is the path that is slower. */
  private void forgetAFasterPath() {
    if (floors[slot] != EMPTY && floors[slot] - floorNanos() > mostDelayNanos - baseDelayNanos) {
      for (int i = 0; i < SLOTS; i++) {
        if (i != slot) {
          floors[i] = EMPTY;
          peaks[i] = EMPTY;
        }
      }
    }
  }

  /** Whether nothing has arrived yet. */
  public boolean idle() {
    return !started;
  }

  /** Whether something arrived lately; what is older says nothing of now. */
  boolean fresh(long nowNanos) {
    return started && nowNanos - arrivedNanos < FRESH_NANOS;
  }

  /** Whether it is known well enough to make others wait for it. */
  boolean leads(long nowNanos) {
    return byCapture
        && fresh(nowNanos)
        && arrivals >= ARRIVALS_TO_LEAD
        && arrivedNanos - startedNanos >= SLOT_NANOS;
  }

  /** Whether media times are known on the clock that a sender's sources share. */
  public boolean byCapture() {
    return byCapture;
  }

  /** What to add to a media time to get the capture time, once that is known. */
  long captureAheadNanos() {
    return captureAheadNanos;
  }

  /** What to add to a media time to get the instant of play, were this source alone. */
  public long offsetNanos() {
    return floorNanos() + delayNanos();
  }

  /** The delay behind the floor: the base and the jitter of the last seconds, but bounded. */
  public long delayNanos() {
    long floor = floorNanos();
    long peak = floor;
    for (long value : peaks) {
      peak = value == EMPTY ? peak : Math.max(peak, value);
    }
    return Math.min(mostDelayNanos, baseDelayNanos + peak - floor);
  }

  private long floorNanos() {
    long floor = EMPTY;
    for (long value : floors) {
      floor = Math.min(floor, value);
    }
    return floor;
  }
}
