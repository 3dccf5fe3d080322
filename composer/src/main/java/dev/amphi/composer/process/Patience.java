package dev.amphi.composer.process;

/**
 * Until when something has to be done. Its time stands still while whoever does it waits for a
 * processor, but not for ever.
 *
 * @param sinceNanos when it was begun
 * @param nanos what it may take
 * @param waitedNanos for how long it could not go on
 */
record Patience(long sinceNanos, long nanos, long waitedNanos) {
  /** How much longer than its time something may take by the clock on the wall. */
  private static final int BUSY = 4;

  /** For what was begun then and takes so long at most. */
  static Patience of(long sinceNanos, long nanos) {
    return new Patience(sinceNanos, nanos, 0);
  }

  /** Whoever does it has waited so long for a processor. */
  Patience waited(long more) {
    return new Patience(sinceNanos, nanos, waitedNanos + more);
  }

  /** It was begun later by so much. */
  Patience later(long more) {
    return new Patience(sinceNanos + more, nanos, waitedNanos);
  }

  /** What it has had, of time in which it could go on. */
  long ownNanos(long nowNanos) {
    return nowNanos - sinceNanos - waitedNanos;
  }

  /** Whether that was all it may have. */
  boolean isSpent(long nowNanos) {
    return ownNanos(nowNanos) > nanos;
  }

  /** Whether nobody waits any longer, whatever it has had. */
  boolean isOver(long nowNanos) {
    return isSpent(nowNanos) || nowNanos - sinceNanos > BUSY * nanos;
  }
}
