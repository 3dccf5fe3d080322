package dev.amphi.interactive.receive;

/**
 * Decides which missing packets to ask for and when (RFC 4585 §6.2.1): once after a short wait for
 * reordering, then a round trip later and ever more rarely, until the packet is too old to be of
 * use. Sequence numbers are unwrapped.
 */
final class NackGenerator {
  static final long NEVER = Long.MAX_VALUE;

  /** A larger gap is not repaired packet by packet: everything before its end is given up. */
  static final int MAX_MISSING = 512;

  /** How long a packet may be late before it is asked for, at first and at most. */
  static final long MIN_REORDER_NANOS = 10_000_000;

  static final long MAX_REORDER_NANOS = 250_000_000;

  /** Each second without reordering takes this part of a second off the wait. */
  private static final int REORDER_DECAY = 20;

  static final int MAX_TRIES = 10;

  private static final long MIN_RETRY_NANOS = 20_000_000;
  private static final long MAX_RETRY_NANOS = 1_000_000_000;

  /** What falls due within this time goes into the same message. */
  private static final long COALESCE_NANOS = 2_000_000;

  private final long[] missing = new long[MAX_MISSING];
  private final long[] sinceNanos = new long[MAX_MISSING];
  private final long[] firstAskedNanos = new long[MAX_MISSING];
  private final long[] dueNanos = new long[MAX_MISSING];
  private final int[] tries = new int[MAX_MISSING];
  private final int[] batch = new int[MAX_MISSING];
  private int count;
  private boolean started;
  private long highest;
  private final long maxAgeNanos;
  private final NackRoundTrip roundTrip;
  private long reorderNanos = MIN_REORDER_NANOS;
  private long reorderAtNanos;
  private long deadlineNanos = NEVER;
  private long nacked;
  private long givenUp;

  /** A generator that gives a packet up after {@code maxAgeNanos}. */
  NackGenerator(long initialRoundTripNanos, long maxAgeNanos) {
    this.roundTrip = new NackRoundTrip(initialRoundTripNanos);
    this.maxAgeNanos = maxAgeNanos;
  }

  /**
   * A packet came.
   *
   * @param again whether it is a retransmission
   */
  void onPacket(long sequence, boolean again, long nowNanos, NackHandler out) {
    if (!started) {
      started = true;
      highest = sequence;
      return;
    }
    if (sequence <= highest) {
      remove(sequence, again, nowNanos);
      return;
    }
    if (sequence - highest - 1 > MAX_MISSING - count) {
      giveUpAll(out);
    }
    long from = Math.max(highest + 1, sequence - MAX_MISSING);
    if (from > highest + 1) {
      givenUp += from - highest - 1;
      out.givenUp(from - 1);
    }
    decayReordering(nowNanos);
    for (long lost = from; lost < sequence; lost++) {
      add(lost, nowNanos);
    }
    highest = sequence;
  }

  private void add(long sequence, long nowNanos) {
    missing[count] = sequence;
    sinceNanos[count] = nowNanos;
    dueNanos[count] = nowNanos + reorderNanos;
    tries[count] = 0;
    deadlineNanos = Math.min(deadlineNanos, dueNanos[count]);
    count++;
  }

  private void remove(long sequence, boolean again, long nowNanos) {
    int i = java.util.Arrays.binarySearch(missing, 0, count, sequence);
    if (i < 0) {
      return;
    }
    if (!again) {
      onReordered(nowNanos - sinceNanos[i], nowNanos);
    } else if (tries[i] > 0) {
      roundTrip.onAnswer(nowNanos - firstAskedNanos[i], tries[i]);
    }
    count--;
    int after = count - i;
    System.arraycopy(missing, i + 1, missing, i, after);
    System.arraycopy(sinceNanos, i + 1, sinceNanos, i, after);
    System.arraycopy(firstAskedNanos, i + 1, firstAskedNanos, i, after);
    System.arraycopy(dueNanos, i + 1, dueNanos, i, after);
    System.arraycopy(tries, i + 1, tries, i, after);
    if (count == 0) {
      deadlineNanos = NEVER;
    }
  }

  /** A packet was only late: wait at least so long next time. */
  private void onReordered(long latenessNanos, long nowNanos) {
    decayReordering(nowNanos);
    reorderNanos = Math.clamp(latenessNanos + latenessNanos / 4, reorderNanos, MAX_REORDER_NANOS);
  }

  /** Where nothing was late for a while, losses are asked for sooner again. */
  private void decayReordering(long nowNanos) {
    long decay = (nowNanos - reorderAtNanos) / REORDER_DECAY;
    reorderNanos = Math.max(MIN_REORDER_NANOS, reorderNanos - decay);
    reorderAtNanos = nowNanos;
  }

  /** Takes a round trip that was measured otherwise. */
  void onRoundTrip(long sampleNanos) {
    roundTrip.onSample(sampleNanos);
  }

  /** Tells what is due. */
  void poll(long nowNanos, NackHandler out) {
    if (nowNanos < deadlineNanos) {
      return;
    }
    int due = 0;
    int kept = 0;
    long next = NEVER;
    for (int i = 0; i < count; i++) {
      if (expired(i, nowNanos)) {
        givenUp++;
        out.givenUp(missing[i]);
        continue;
      }
      if (dueNanos[i] <= nowNanos + COALESCE_NANOS) {
        batch[due++] = (int) missing[i] & 0xFFFF;
        firstAskedNanos[i] = tries[i] == 0 ? nowNanos : firstAskedNanos[i];
        tries[i]++;
        dueNanos[i] = nowNanos + retryNanos(tries[i]);
      }
      next = Math.min(next, Math.min(dueNanos[i], sinceNanos[i] + maxAgeNanos));
      move(i, kept++);
    }
    count = kept;
    deadlineNanos = next;
    if (due > 0) {
      nacked += due;
      out.nack(batch, due);
    }
  }

  private boolean expired(int i, long nowNanos) {
    return nowNanos - sinceNanos[i] >= maxAgeNanos
        || (tries[i] >= MAX_TRIES && dueNanos[i] <= nowNanos);
  }

  private void move(int from, int to) {
    missing[to] = missing[from];
    sinceNanos[to] = sinceNanos[from];
    firstAskedNanos[to] = firstAskedNanos[from];
    dueNanos[to] = dueNanos[from];
    tries[to] = tries[from];
  }

  /** A round trip and a quarter for jitter; from the third question on a quarter more each. */
  private long retryNanos(int asked) {
    long quarter = roundTrip.nanos() / 4;
    long wait = (5L + Math.max(0, asked - 2)) * quarter;
    return Math.clamp(wait, MIN_RETRY_NANOS, MAX_RETRY_NANOS);
  }

  private void giveUpAll(NackHandler out) {
    givenUp += count;
    count = 0;
    deadlineNanos = NEVER;
    out.givenUp(highest);
  }

  /** When {@link #poll} has something to tell, or {@link #NEVER}. */
  long nextDeadlineNanos() {
    return deadlineNanos;
  }

  /** How many packets are waited for. */
  int missing() {
    return count;
  }

  long roundTripNanos() {
    return roundTrip.nanos();
  }

  long nacked() {
    return nacked;
  }

  long givenUp() {
    return givenUp;
  }

  /** Forgets everything but the round trip. */
  void reset() {
    started = false;
    count = 0;
    deadlineNanos = NEVER;
  }
}
