package dev.amphi.composer.process;

/**
 * Notices that this process itself stood still: a long collection of garbage, a machine that was
 * suspended, a debugger. Who did not listen must not judge others for their silence. Pure, for one
 * thread that works and rests in turn.
 *
 * <p>Only what a rest lasts too long counts: work that takes its time is no pause. A pause in the
 * middle of the work is not seen, and need not be: whoever looks at others takes the time before
 * the work, and rests once more before the next look.
 */
final class OwnPauses {
  private final long restNanos;
  private final long noticedNanos;
  private long restsSinceNanos;
  private boolean rests;

  /**
   * Has not rested yet.
   *
   * @param restNanos how long a rest should be
   * @param noticedNanos what more than that is a pause
   */
  OwnPauses(long restNanos, long noticedNanos) {
    this.restNanos = restNanos;
    this.noticedNanos = noticedNanos;
  }

  /** The thread goes to rest. */
  void rests(long nowNanos) {
    rests = true;
    restsSinceNanos = nowNanos;
  }

  /** The thread goes on; returns how long nothing ran here beyond its rest, as a rule 0. */
  long woke(long nowNanos) {
    long more = rests ? nowNanos - restsSinceNanos - restNanos : 0;
    rests = false;
    return more >= noticedNanos ? more : 0;
  }
}
