package dev.amphi.interactive.rtp;

/**
 * Extends 16-bit RTP sequence numbers (RFC 3550 §5.1) to 64 bits, choosing the value nearest to the
 * highest seen. The first number is placed in the second cycle, so that packets reordered before it
 * do not become negative.
 */
public final class SequenceUnwrapper {
  private static final long CYCLE = 1L << 16;

  private boolean started;
  private long highest;

  /** The 64-bit number of {@code sequence}; remembers it when it is the highest so far. */
  public long unwrap(int sequence) {
    if (!started) {
      started = true;
      highest = CYCLE + (sequence & 0xFFFF);
      return highest;
    }
    long unwrapped = peek(sequence);
    if (unwrapped > highest) {
      highest = unwrapped;
    }
    return unwrapped;
  }

  /** As {@link #unwrap}, remembering nothing; before the first packet the plain second cycle. */
  public long peek(int sequence) {
    if (!started) {
      return CYCLE + (sequence & 0xFFFF);
    }
    short distance = (short) (sequence - (int) highest);
    return highest + distance;
  }

  /** The highest number so far; 0 before the first. */
  public long highest() {
    return highest;
  }

  /** Whether a packet was seen. */
  public boolean started() {
    return started;
  }

  /** Forgets everything: the next number starts anew. */
  public void reset() {
    started = false;
    highest = 0;
  }
}
