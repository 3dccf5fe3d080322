package dev.amphi.interactive.client;

/**
 * Delays in microseconds, counted in buckets that are never wider than 1 % of what they hold, from
 * 0 to {@link #MOST_MICROS}. Allocates nothing after its making; not thread-safe.
 */
public final class DelayHistogram {
  /** What is longer counts as this. */
  public static final long MOST_MICROS = 16_000_000;

  private static final int EXACT = 256;
  private static final int PER_OCTAVE = EXACT / 2;

  private final long[] counts = new long[bucket(MOST_MICROS) + 1];
  private long count;
  private long most;

  /** Takes one; a negative one counts as 0. */
  public void add(long micros) {
    long bounded = Math.clamp(micros, 0, MOST_MICROS);
    counts[bucket(bounded)]++;
    count++;
    most = Math.max(most, bounded);
  }

  /** Takes all of another's. */
  public void add(DelayHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    count += other.count;
    most = Math.max(most, other.most);
  }

  /** How many were taken. */
  public long count() {
    return count;
  }

  /** The longest. */
  public long mostMicros() {
    return most;
  }

  /** The nearest-rank percentile, as the lower edge of its bucket; -1 of nothing. */
  public long percentileMicros(double percent) {
    long rank = Math.max(1, (long) Math.ceil(percent / 100 * count));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (count > 0 && seen >= rank) {
        return lowerEdge(i);
      }
    }
    return -1;
  }

  /** Forgets all. */
  public void reset() {
    java.util.Arrays.fill(counts, 0);
    count = 0;
    most = 0;
  }

  private static int bucket(long micros) {
    int shift = Math.max(0, 56 - Long.numberOfLeadingZeros(micros));
    return shift * PER_OCTAVE + (int) (micros >> shift);
  }

  private static long lowerEdge(int bucket) {
    if (bucket < EXACT) {
      return bucket;
    }
    int shift = bucket / PER_OCTAVE - 1;
    return (long) (bucket - shift * PER_OCTAVE) << shift;
  }
}
