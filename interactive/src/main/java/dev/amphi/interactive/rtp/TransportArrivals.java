package dev.amphi.interactive.rtp;

/**
 * Which packets of a transport arrived and when (draft-holmer-rmcat-transport-wide-cc-extensions-01
 * §3.1). Time runs in ticks of 250 µs from a reference that the receiver chose.
 */
public final class TransportArrivals {
  /** Stands for a packet that did not arrive. */
  public static final int MISSING = Integer.MIN_VALUE;

  /** Microseconds per tick. */
  public static final int TICK_MICROS = 250;

  /** More statuses than this in one message is an attack, not feedback. */
  public static final int MAX_STATUSES = 2048;

  private final int baseSequence;
  private final int referenceTime;
  private final int feedbackCount;
  private final int[] ticks;

  TransportArrivals(int baseSequence, int referenceTime, int feedbackCount, int[] ticks) {
    this.baseSequence = baseSequence;
    this.referenceTime = referenceTime;
    this.feedbackCount = feedbackCount;
    this.ticks = ticks;
  }

  /** The first packet's transport-wide sequence number. */
  public int baseSequence() {
    return baseSequence;
  }

  /** The reference, signed 24 bits, in multiples of 64 ms. */
  public int referenceTime() {
    return referenceTime;
  }

  /** The message's own number, 0 to 255. */
  public int feedbackCount() {
    return feedbackCount;
  }

  /** How many packets are reported on. */
  public int count() {
    return ticks.length;
  }

  /** When packet {@code baseSequence + index} came, in ticks after the reference, or MISSING. */
  public int arrivalTicks(int index) {
    return ticks[index];
  }
}
