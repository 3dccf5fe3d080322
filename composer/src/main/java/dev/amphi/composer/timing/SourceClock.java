package dev.amphi.composer.timing;

import java.util.Arrays;

/**
 * Maps one source's media time to this machine's monotonic time.
 *
 * <p>Media time is the sender's capture time where its reports give it (RFC 3550 §6.4.1), else the
 * RTP timestamp. The transit, arrival minus media time, has a floor that only queueing lifts; the
 * floor is tracked over the last seconds, so that it follows drift. What arrives is played at media
 * time + floor + delay, where the delay covers the jitter seen lately, within bounds.
 */
public final class SourceClock {
  private static final int SLOTS = 8;
  private static final long SLOT_NANOS = 500_000_000L;
  private static final long JUMP_NANOS = 2_000_000_000L;

  private final long baseDelayNanos;
  private final long mostDelayNanos;
  private final long[] floors = new long[SLOTS];
  private final long[] peaks = new long[SLOTS];
  private int slot;
  private long slotSinceNanos;
  private boolean started;
  private boolean byCapture;

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

  /** Media time of a frame in nanoseconds, on the sender's clock. */
  public static long mediaNanos(long timestampTicks, int ticksPerSecond, long captureNtpNanos) {
    if (captureNtpNanos >= 0) {
      return captureNtpNanos;
    }
    long seconds = Math.floorDiv(timestampTicks, (long) ticksPerSecond);
    long rest = Math.floorMod(timestampTicks, (long) ticksPerSecond);
    return seconds * 1_000_000_000L + rest * 1_000_000_000L / ticksPerSecond;
  }

  /**
   * Learns from an arrival.
   *
   * @param capture whether the media time is a capture time, comparable among a sender's sources
   */
  public void arrived(long mediaNanos, long arrivalNanos, boolean capture) {
    long transit = arrivalNanos - mediaNanos;
    if (!started || capture != byCapture || Math.abs(transit - floorNanos()) > JUMP_NANOS) {
      started = true;
      byCapture = capture;
      Arrays.fill(floors, transit);
      Arrays.fill(peaks, transit);
      slotSinceNanos = arrivalNanos;
      return;
    }
    if (arrivalNanos - slotSinceNanos >= SLOT_NANOS) {
      slot = (slot + 1) % SLOTS;
      slotSinceNanos = arrivalNanos;
      floors[slot] = transit;
      peaks[slot] = transit;
    }
    floors[slot] = Math.min(floors[slot], transit);
    peaks[slot] = Math.max(peaks[slot], transit);
  }

  /** Whether nothing has arrived yet. */
  public boolean idle() {
    return !started;
  }

  /** Whether media times are the sender's capture times. */
  public boolean byCapture() {
    return byCapture;
  }

  /** What to add to a media time to get the instant of play, were this source alone. */
  public long offsetNanos() {
    return floorNanos() + delayNanos();
  }

  /** The delay behind the floor: the base and the jitter of the last seconds, but bounded. */
  public long delayNanos() {
    long peak = Long.MIN_VALUE;
    for (long value : peaks) {
      peak = Math.max(peak, value);
    }
    return Math.min(mostDelayNanos, baseDelayNanos + peak - floorNanos());
  }

  private long floorNanos() {
    long floor = Long.MAX_VALUE;
    for (long value : floors) {
      floor = Math.min(floor, value);
    }
    return floor;
  }
}
