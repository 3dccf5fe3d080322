package dev.amphi.interactive.bandwidth;

import dev.amphi.interactive.rtp.RtcpWriter;
import dev.amphi.interactive.rtp.SequenceUnwrapper;

/**
 * Tells a sender which packets of its transport came and when
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 §3), every 100 ms, on a busy transport every
 * 50 ms. A packet that comes after its number was reported missing is reported again.
 */
public final class TransportFeedbackGenerator {
  static final long NEVER = Long.MAX_VALUE;
  static final long INTERVAL_NANOS = 100_000_000;
  static final long BUSY_INTERVAL_NANOS = 50_000_000;

  /** Statuses in one message, so that it stays below 1,200 bytes at the worst. */
  static final int MAX_STATUSES = 400;

  private static final int BUSY_PACKETS = 50;
  private static final int WINDOW = 2048;
  private static final long TICK_NANOS = 250_000;
  private static final int TICKS_PER_REFERENCE = 256;
  private static final long ABSENT = Long.MIN_VALUE;

  private final long senderSsrc;
  private final SequenceUnwrapper sequences = new SequenceUnwrapper();
  private final long[] numbers = new long[WINDOW];
  private final long[] arrivalTicks = new long[WINDOW];
  private final int[] deltas = new int[MAX_STATUSES];
  private long from = ABSENT;
  private int pending;
  private long lastSentNanos = ABSENT;
  private long mediaSsrc;
  private int feedbackCount;

  /** A generator that reports in the name of {@code senderSsrc}. */
  public TransportFeedbackGenerator(long senderSsrc) {
    this.senderSsrc = senderSsrc;
  }

  /** A packet came with this transport-wide sequence number. */
  public void onPacket(int sequence, long ssrc, long nowNanos) {
    long number = sequences.unwrap(sequence);
    if (number <= sequences.highest() - WINDOW || arrivedAt(number) != ABSENT) {
      return;
    }
    int i = (int) number & (WINDOW - 1);
    numbers[i] = number;
    arrivalTicks[i] = Math.floorDiv(nowNanos, TICK_NANOS);
    mediaSsrc = ssrc;
    pending++;
    from = from == ABSENT ? number : Math.min(from, number);
    if (lastSentNanos == ABSENT) {
      lastSentNanos = nowNanos;
    }
  }

  private long arrivedAt(long number) {
    int i = (int) number & (WINDOW - 1);
    return numbers[i] == number ? arrivalTicks[i] : ABSENT;
  }

  /** Writes one message when it is due; call again until it says false. */
  public boolean poll(long nowNanos, RtcpWriter writer) {
    if (nowNanos < nextDeadlineNanos()) {
      return false;
    }
    long start = Math.max(from, sequences.highest() - WINDOW + 1);
    while (start <= sequences.highest() && arrivedAt(start) == ABSENT) {
      start++;
    }
    if (start > sequences.highest()) {
      return done(nowNanos);
    }
    long reference = Math.floorDiv(arrivedAt(start), TICKS_PER_REFERENCE);
    int count = collect(start, reference * TICKS_PER_REFERENCE);
    boolean written =
        writer.transportFeedback(
            senderSsrc,
            mediaSsrc,
            (int) start & 0xFFFF,
            (int) reference & 0xFFFFFF,
            feedbackCount,
            deltas,
            count);
    if (written) {
      feedbackCount = (feedbackCount + 1) & 0xFF;
      from = start + count;
    }
    if (!written || from > sequences.highest()) {
      done(nowNanos);
    }
    return written;
  }

  /** Nothing is left to report. */
  private boolean done(long nowNanos) {
    from = sequences.highest() + 1;
    pending = 0;
    lastSentNanos = nowNanos;
    return false;
  }

  /** Fills {@link #deltas}; ends early where a step would not fit into 16 bits. */
  private int collect(long start, long referenceTicks) {
    long previous = referenceTicks;
    int count = 0;
    for (long n = start; n <= sequences.highest() && count < MAX_STATUSES; n++) {
      long arrival = arrivedAt(n);
      if (arrival == ABSENT) {
        deltas[count++] = RtcpWriter.MISSING;
        continue;
      }
      long step = arrival - previous;
      if (step < Short.MIN_VALUE || step > Short.MAX_VALUE) {
        break;
      }
      deltas[count++] = (int) (arrival - referenceTicks);
      previous = arrival;
    }
    return count;
  }

  /** When {@link #poll} has something to say, or {@code Long.MAX_VALUE}. */
  public long nextDeadlineNanos() {
    if (pending == 0) {
      return NEVER;
    }
    return lastSentNanos + (pending >= BUSY_PACKETS ? BUSY_INTERVAL_NANOS : INTERVAL_NANOS);
  }
}
