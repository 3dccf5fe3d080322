package dev.amphi.server.load.composer;

/**
 * What the clock in a looped source's pictures shows: not the time, which nobody knows when the
 * pictures are coded beforehand, but which source it is and which frame of its loop.
 */
record FrameClock(int source, int inLoop) {
  private static final int MILLIS_PER_SOURCE = 1_000_000;

  /** So that the picture moves at its usual speed. */
  private static final int MILLIS_PER_FRAME = 33;

  /** The clock as it is drawn. */
  int millis() {
    return source * MILLIS_PER_SOURCE + inLoop * MILLIS_PER_FRAME;
  }

  /** From a clock that was read. */
  static FrameClock of(int millis) {
    return new FrameClock(
        millis / MILLIS_PER_SOURCE, millis % MILLIS_PER_SOURCE / MILLIS_PER_FRAME);
  }
}
