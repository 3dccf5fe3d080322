package dev.amphi.interactive.receive;

/** Which of the newest {@link #SIZE} sequence numbers were seen: each passes once. */
final class ReplayWindow {
  /** Two seconds of a busy video stream. */
  static final int SIZE = 2048;

  private final long[] bits = new long[SIZE / Long.SIZE];
  private boolean started;
  private long highest;

  /** Whether {@code sequence} is too old to be told from a replay. */
  boolean tooOld(long sequence) {
    return started && sequence <= highest - SIZE;
  }

  /** Notes a number; false when it was there before or is too old. */
  boolean accept(long sequence) {
    if (!started) {
      started = true;
      highest = sequence;
      set(sequence);
      return true;
    }
    if (sequence > highest) {
      advance(sequence);
      return true;
    }
    if (tooOld(sequence) || isSet(sequence)) {
      return false;
    }
    set(sequence);
    return true;
  }

  private void advance(long sequence) {
    long from = Math.max(highest + 1, sequence - SIZE + 1);
    for (long s = from; s < sequence; s++) {
      bits[word(s)] &= ~bit(s);
    }
    highest = sequence;
    set(sequence);
  }

  private void set(long sequence) {
    bits[word(sequence)] |= bit(sequence);
  }

  private boolean isSet(long sequence) {
    return (bits[word(sequence)] & bit(sequence)) != 0;
  }

  private static int word(long sequence) {
    return (int) ((sequence & (SIZE - 1)) / Long.SIZE);
  }

  private static long bit(long sequence) {
    return 1L << (sequence & (Long.SIZE - 1));
  }

  /** Forgets everything. */
  void reset() {
    started = false;
    java.util.Arrays.fill(bits, 0);
  }
}
